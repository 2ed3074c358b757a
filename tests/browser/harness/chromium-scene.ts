// What a test in Chromium works with: a simulated exchange, a browser with the shipped build, and what a user does there.
import type { ConsoleMessage, Page, WebError } from 'playwright-core';
import { expect } from 'vitest';
import type { Exchange } from '../../exchange/exchange.ts';
import { Chromium } from '../drivers/chromium.ts';

/** How long a condition may take to come true. Generous: it bounds a failure, not a success. */
export const SOON = { timeout: 20_000, interval: 50 };

/** Polls a condition until it is true. */
export async function until<T>(condition: () => T | false | undefined | null): Promise<T> {
  for (const end = Date.now() + SOON.timeout; Date.now() < end; ) {
    const found = condition();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, SOON.interval));
  }
  throw new Error('this did not come true in time');
}

/** Every path that may be requested. */
const PATHS =
  /^\/trade-api\/v2\/(portfolio\/(balance|positions|orders|fills|settlements|deposits|withdrawals|intra_exchange_instance_transfers|subaccounts\/(transfers|balances))|historical\/(fills|markets|positions|cutoff)|margin\/balance|markets|milestones|events\/[\w.-]+|api_keys|exchange\/status)$/;

/** What `movePolls` found, and did. */
interface Moved {
  /** The time after which polls count as new, in milliseconds since 1970. */
  since: number;
  /** Whether a new poll of every account was started. */
  started: boolean;
  attempts: boolean;
  /** The background reads it only when it starts. */
  backoff: boolean;
}

/**
 * Moves what is recorded of the polls that are not new an hour into the past, unless it is there already. Runs in a page of
 * the extension.
 * @param after polls are new that were started after this time; null: now
 */
async function movePolls(after: number | null): Promise<Moved> {
  const since = after ?? Date.now();
  const HOUR = 3_600_000;
  // That of an account with a passphrase is an encrypted text: its backoff is not moved.
  type Account = { data: string | { backoff: { retryAt: number } } };
  const local = await chrome.storage.local.get<Record<string, Account>>(null);
  const session = await chrome.storage.session.get<Record<string, { attemptedAt: number }>>(null);
  const { accounts } = local as { accounts?: { data: { id: string }[] } };
  const moved: Moved = { since, started: true, attempts: false, backoff: false };
  for (const { id } of accounts?.data ?? []) {
    const [item, attemptedAt] = [local[`account/${id}`], session[`attempt/${id}`]?.attemptedAt ?? 0];
    if (attemptedAt >= since) continue;
    moved.started = false;
    if (item && typeof item.data === 'object' && item.data.backoff.retryAt > since - HOUR / 2) {
      moved.backoff = true;
      const backoff = { ...item.data.backoff, retryAt: item.data.backoff.retryAt - HOUR };
      await chrome.storage.local.set({ [`account/${id}`]: { ...item, data: { ...item.data, backoff } } });
    }
    if (attemptedAt > since - HOUR / 2) {
      moved.attempts = true;
      await chrome.storage.session.set({ [`attempt/${id}`]: { attemptedAt: 0, statusCheckedAt: 0 } });
    }
  }
  return moved;
}

/**
 * Lets the alarm of the polls fire now. It keeps its period: a background that runs would not create it again.
 * Runs in a page of the extension.
 */
async function fireAlarm(): Promise<void> {
  const { periodInMinutes } = (await chrome.alarms.get('poll')) ?? {};
  await chrome.alarms.create('poll', { when: Date.now(), ...(periodInMinutes && { periodInMinutes }) });
}

export class Scene {
  chromium!: Chromium;
  /** An options page that stays open, through which the tests read the badge. */
  page!: Page;
  /** Everything that any page or the background wrote to a console, or threw. */
  readonly complaints: string[] = [];

  constructor(
    readonly exchange: Exchange,
    /** The folder of the built extension, from the next start on. */
    public extension = 'dist/chrome',
  ) {}

  /** Starts the browser, with a new profile or the one it had. @returns how to end listening to it */
  async start({ locale, display }: { locale?: string; display?: string } = {}): Promise<() => Promise<void>> {
    const profile = (this.chromium as Chromium | undefined)?.profile;
    this.chromium = await Chromium.launch({
      exchange: this.exchange,
      extension: this.extension,
      display,
      ...(locale && { locale }),
      ...(profile && { profile }),
    });
    // Actions only: pictures of every step would slow each test down.
    await this.chromium.context.tracing.start({ screenshots: false, snapshots: false });
    const done = await this.listen();
    this.page = profile ? await this.chromium.open('options') : await this.chromium.welcome();
    return done;
  }

  /** Collects complaints from now on, and a trace. @returns how to end that */
  async listen(): Promise<() => Promise<void>> {
    const { context } = this.chromium;
    const onConsole = (message: ConsoleMessage) => this.complaints.push(message.text());
    const onError = (error: WebError) => this.complaints.push(String(error.error()));
    context.on('console', onConsole).on('weberror', onError);
    context.setDefaultTimeout(SOON.timeout);
    await context.tracing.startChunk();
    return async () => {
      context.off('console', onConsole).off('weberror', onError);
      await context.tracing.stopChunk();
    };
  }

  /** Saves what was done since the test began. */
  async saveTrace(path: string): Promise<void> {
    await this.chromium.context.tracing.stopChunk({ path });
  }

  async badgeBecomes(text: string): Promise<void> {
    await expect.poll(() => this.chromium.badge(this.page), SOON).toBe(text);
  }

  async tooltipBecomes(text: string | RegExp): Promise<void> {
    const matching = typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text);
    await expect.poll(() => this.chromium.tooltip(this.page), SOON).toEqual(matching);
  }

  /**
   * Moves the recorded polls an hour into the past, and ends the one under way: the next request may be sent at once. Ends
   * the background after the change, which may end a poll that had just begun, of a popup that became visible: it is moved
   * as well, until nothing was to be moved.
   */
  async forgetAttempts(): Promise<void> {
    for (;;) {
      const { attempts, backoff } = await this.page.evaluate(movePolls, null);
      if (!attempts && !backoff) return;
      await this.chromium.stopWorker(this.page);
    }
  }

  /** Lets the alarm of the polls fire now. */
  async fireAlarm(): Promise<void> {
    await this.page.evaluate(fireAlarm);
  }

  /**
   * Lets an hour pass for the recorded polls, and the alarm fire until a poll of every account has been started. Once is
   * not always enough: a poll may be under way, and a background that is just starting may create its own alarm in place
   * of the one that is to fire. The background goes on running, unless it has to read another backoff: polls from before
   * that do not count, because they may have been ended.
   */
  async passPeriod(): Promise<void> {
    let since: number | null = null;
    const fire = async () => {
      const moved: Moved = await this.page.evaluate(movePolls, since);
      since = moved.backoff ? null : moved.since;
      if (moved.backoff) await this.chromium.stopWorker(this.page);
      else if (!moved.started) await this.fireAlarm();
      return moved.started;
    };
    await expect.poll(fire, { ...SOON, interval: 250 }).toBe(true);
  }

  /** Fills in the form. */
  async fill(keyId: string, pem: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'API key ID' }).fill(keyId);
    await this.page.getByRole('textbox', { name: 'Private key' }).fill(pem);
  }

  /** Waits for an alert with this text. */
  async waitForAlert(text: string | RegExp): Promise<void> {
    await this.page.getByRole('alert').filter({ hasText: text }).waitFor();
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  /** Opens a section of the options page by its name on the rail. */
  async section(name: 'Accounts' | 'Badge' | 'Alerts' | 'Privacy' | 'Your data' | 'Help'): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  }

  /** Connects as a person does: fill in, check, save. */
  async connect(keyId: string, pem: string): Promise<void> {
    await this.fill(keyId, pem);
    await this.press('Check key');
    await this.press('Save key');
    await this.saved();
  }

  /** The same with a passphrase. */
  async connectWithPassphrase(keyId: string, pem: string, passphrase: string): Promise<void> {
    await this.fill(keyId, pem);
    await this.press('Check key');
    await this.page.getByRole('radio', { name: 'Passphrase', exact: true }).check();
    const box = this.page.locator('input[type=password]');
    await this.page.getByLabel('Passphrase', { exact: true }).and(box).fill(passphrase);
    await this.page.getByLabel('Repeat passphrase').fill(passphrase);
    await this.press('Save key');
    await this.saved();
  }

  /** The key is saved: the command has ended, history included, and the form is closed. */
  async saved(): Promise<void> {
    await this.page.locator('.news[role=status]').waitFor();
    await this.page.getByRole('button', { name: 'Check key' }).waitFor({ state: 'hidden' });
    await this.page.getByRole('button', { name: 'Forget key' }).first().waitFor();
  }

  /** Chooses no passphrase, where one is suggested. */
  async withoutPassphrase(): Promise<void> {
    await this.page.getByRole('radio', { name: 'No passphrase' }).check();
  }

  /** Consents to a key that can act, or whose scopes are unknown. */
  async agree(): Promise<void> {
    await this.page.getByRole('checkbox', { name: /I understand/ }).check();
  }

  /** A member with a new key of the given form. */
  newMember(...of: Parameters<Exchange['newMember']>): ReturnType<Exchange['newMember']> {
    return this.exchange.newMember(...of);
  }

  /** The contents of the extension's storage, and the references of its keys. */
  async stored(): Promise<{ local: Record<string, unknown>; keys: string[] }> {
    return this.page.evaluate(async () => {
      const open = indexedDB.open('vault', 1);
      const keys = await new Promise<string[]>((resolve, reject) => {
        open.onupgradeneeded = () => open.result.createObjectStore('keys');
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const all = open.result.transaction('keys').objectStore('keys').getAllKeys();
          all.onsuccess = () => {
            open.result.close();
            resolve(all.result.map(String));
          };
        };
      });
      return { local: await chrome.storage.local.get(null), keys };
    });
  }

  /** The number of balance requests so far. */
  get balances(): number {
    return this.exchange.journal.filter(({ path }) => path.endsWith('/portfolio/balance')).length;
  }

  /** Expects that every request of the run was signed without its query, had no Origin and no cookies, and was sent alone. */
  expectCleanJournal(verdicts = ['ok']): void {
    expect(this.exchange.journal.length).toBeGreaterThan(0);
    for (const entry of this.exchange.journal) {
      expect(entry).toMatchObject({
        method: 'GET',
        path: expect.stringMatching(PATHS),
        signed: !entry.path.endsWith('/exchange/status'),
        origin: false,
        cookie: false,
        concurrent: false,
      });
      expect(verdicts).toContain(entry.verdict);
    }
    // Chromium contacts hosts of its own; the extension contacts only Kalshi.
    const errands = /\.(google|googleapis|gstatic|gvt1)\.com$/;
    expect(this.exchange.strangers.filter((host) => !errands.test(host))).toEqual([]);
  }
}
