// What every browser test begins with: a simulated exchange, a member with a key, and a browser with the shipped build.
import type { Page } from 'playwright-core';
import { test as base, expect } from 'vitest';
import { Exchange } from '../exchange/exchange.ts';
import { Chromium } from '../tools/chromium.ts';

/** How long a condition may take to come true. Generous: it bounds a failure, not a success. */
export const SOON = { timeout: 20_000, interval: 50 };

/** Waits for what a condition gives to be true, looking again and again. */
export async function until<T>(condition: () => T | false | undefined | null): Promise<T> {
  for (const end = Date.now() + SOON.timeout; Date.now() < end; ) {
    const found = condition();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, SOON.interval));
  }
  throw new Error('this did not come true in time');
}

/** All that may be asked for. */
const PATHS =
  /^\/trade-api\/v2\/(portfolio\/(balance|positions|orders|settlements|deposits|withdrawals)|markets|api_keys|exchange\/status)$/;

export class Scene {
  chromium!: Chromium;
  /** An options page that stays open: the window through which the tests look at the badge. */
  page!: Page;
  /** Everything that any page or the background wrote to a console, or threw. */
  readonly complaints: string[] = [];

  constructor(
    readonly exchange: Exchange,
    /** The folder of the built extension. */
    readonly extension = 'dist/chrome',
  ) {}

  /** Starts the browser: anew, or again with the profile it had. */
  async start(): Promise<void> {
    const profile = (this.chromium as Chromium | undefined)?.profile;
    this.chromium = await Chromium.launch({
      exchange: this.exchange,
      extension: this.extension,
      ...(profile && { profile }),
    });
    const { context } = this.chromium;
    context.on('console', (message) => this.complaints.push(message.text()));
    context.on('weberror', (error) => this.complaints.push(String(error.error())));
    context.setDefaultTimeout(SOON.timeout);
    this.page = profile ? await this.chromium.open('options') : await this.chromium.welcome();
  }

  async badgeBecomes(text: string): Promise<void> {
    await expect.poll(() => this.chromium.badge(this.page), SOON).toBe(text);
  }

  async tooltipBecomes(text: string | RegExp): Promise<void> {
    const matching = typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text);
    await expect.poll(() => this.chromium.tooltip(this.page), SOON).toEqual(matching);
  }

  /** Moves the recorded polls an hour into the past: the next request may be sent at once. Gives the time of doing so. */
  async forgetAttempts(): Promise<number> {
    const now = await this.page.evaluate(() => Date.now());
    await this.#pollStartedSince(now);
    return now;
  }

  /**
   * Whether a poll of every account was started since then. Otherwise the recorded polls are moved an hour into the past,
   * unless they were already; the background is stopped for that, because it reads what is stored only when it starts.
   */
  async #pollStartedSince(since: number): Promise<boolean> {
    const HOUR = 3_600_000;
    const late = await this.page.evaluate(
      async ({ since, HOUR }) => {
        const { accounts } = (await chrome.storage.local.get('accounts')) as {
          accounts?: { data: { id: string }[] };
        };
        const session = (await chrome.storage.session.get(null)) as Record<string, { attemptedAt: number }>;
        const late = (accounts?.data ?? [])
          .map(({ id }) => ({ id, attemptedAt: session[`attempt/${id}`]?.attemptedAt ?? 0 }))
          .filter(({ attemptedAt }) => attemptedAt < since);
        return { any: late.length > 0, toMove: late.filter((each) => each.attemptedAt > since - HOUR / 2) };
      },
      { since, HOUR },
    );
    if (late.toMove.length > 0) {
      await this.chromium.stopWorker(this.page);
      await this.page.evaluate(
        async ({ ids, HOUR }) => {
          for (const id of ids) {
            const key = `account/${id}`;
            type Item = { data: { backoff: { retryAt: number } } };
            const { [key]: item } = (await chrome.storage.local.get(key)) as Record<string, Item>;
            if (!item) continue;
            const backoff = { ...item.data.backoff, retryAt: item.data.backoff.retryAt - HOUR };
            await chrome.storage.local.set({ [key]: { ...item, data: { ...item.data, backoff } } });
            await chrome.storage.session.set({ [`attempt/${id}`]: { attemptedAt: 0, statusCheckedAt: 0 } });
          }
        },
        { ids: late.toMove.map(({ id }) => id), HOUR },
      );
    }
    return !late.any;
  }

  /**
   * Lets an hour pass for the recorded polls, and the alarm fire until a poll has been started. Once is not always
   * enough: a background that is just starting creates its own alarm in place of the one that is to fire.
   */
  async passPeriod(): Promise<void> {
    const since = await this.forgetAttempts();
    const fire = async () => {
      const started = await this.#pollStartedSince(since);
      if (!started) await this.page.evaluate(() => chrome.alarms.create('poll', { when: Date.now() }));
      return started;
    };
    await expect.poll(fire, { ...SOON, interval: 250 }).toBe(true);
  }

  /** Fills in the form. A minute has passed for the tries before, of which there are only so many. */
  async fill(keyId: string, pem: string): Promise<void> {
    await this.page.evaluate(() => chrome.storage.session.remove('key-checks'));
    await this.page.getByRole('textbox', { name: 'API key ID' }).fill(keyId);
    await this.page.getByRole('textbox', { name: 'Private key' }).fill(pem);
  }

  /** The alert on the page says this. */
  async alertSays(text: string | RegExp): Promise<void> {
    await this.page.getByRole('alert').filter({ hasText: text }).waitFor();
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  /** Connects as a person does: fill in, check, save. */
  async connect(keyId: string, pem: string): Promise<void> {
    await this.fill(keyId, pem);
    await this.press('Check key');
    await this.press('Save key');
    await this.saved();
  }

  /** The key is saved: the command has ended, history included, and the form is closed. */
  async saved(): Promise<void> {
    await this.page.locator('.news[role=status]').waitFor();
    await this.page.getByRole('button', { name: 'Check key' }).waitFor({ state: 'hidden' });
    await this.page.getByRole('button', { name: 'Forget key' }).first().waitFor();
  }

  /** Chooses to do without a passphrase, where one is suggested. */
  async withoutPassphrase(): Promise<void> {
    await this.page.getByRole('radio', { name: 'No passphrase' }).check();
  }

  /** Agrees to keep a key that can act, or of which nobody says what it can do. */
  async agree(): Promise<void> {
    await this.page.getByRole('checkbox', { name: /I understand/ }).check();
  }

  /** A member with a new key of the given form. */
  newMember(...of: Parameters<Exchange['newMember']>): ReturnType<Exchange['newMember']> {
    return this.exchange.newMember(...of);
  }

  /** What is in the extension's storage, and the names of its keys. */
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

  /** How often the balance was asked for so far. */
  get balances(): number {
    return this.exchange.journal.filter(({ path }) => path.endsWith('/balance')).length;
  }

  /** Every request of the run was as it must be: signed, without a query in the signed text, without Origin and cookies, one at a time. */
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
    // Chromium has errands of its own; the extension has none but Kalshi.
    const errands = /\.(google|googleapis|gstatic|gvt1)\.com$/;
    expect(this.exchange.strangers.filter((host) => !errands.test(host))).toEqual([]);
  }
}

/** A test with a scene of its own. */
export const test = base.extend<{ scene: Scene }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of the fixtures from the pattern
  scene: async ({}, use) => {
    const scene = new Scene(await Exchange.start());
    await scene.start();
    await use(scene);
    await scene.chromium.dispose();
    await scene.exchange.stop();
  },
});
