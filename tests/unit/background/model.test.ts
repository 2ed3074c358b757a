// Random stories of user actions, exchange faults, clock changes and kills against a small model (tests/model/).
//   MODEL_RUNS=… sets their number, MODEL_SEED=… repeats a run.
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { makeKey } from '../../exchange/keys.ts';
import { seedOf } from '../../fakes/random.ts';
import { type Subject, stories } from '../../model/actions.ts';
import { type Balance, type Fault, initialModel, POSITIONS_IN_CENTS, type Seen } from '../../model/model.ts';
import { BackgroundHarness, balance, deriveFast, saving, withExtensionApi } from './background-harness.ts';

const RUNS = Number(process.env.MODEL_RUNS ?? 150);
const SEED = seedOf('MODEL_SEED');
const HOST = 'https://external-api.kalshi.com/*';
const { pem } = makeKey('Ed25519');

const RESPONSES: Record<Fault, (balance: Balance) => Response> = {
  none: (cash) => balance(cash, POSITIONS_IN_CENTS)(),
  error: () => new Response('', { status: 500 }),
  refused: () => new Response('{"error":{"details":"NOT_FOUND"}}', { status: 401 }),
  offline: () => {
    throw new TypeError('no network');
  },
  'sign-in page': () => new Response('<html>sign in</html>'),
};

withExtensionApi();

/** The background in the simulated browser. */
class SimulatedSubject implements Subject {
  readonly harness = new BackgroundHarness();
  readonly story: string[] = [];
  #accountId = '';
  #backup = '';
  /** Milliseconds that really have passed, whatever the computer's clock says, and its hours by which it was set. */
  #elapsed = 0;
  #clockSet = false;
  /** When polls were sent, in elapsed milliseconds; `null` after the clock was set. */
  #lastPoll: number | null = null;
  #isSaving = false;
  #sent = 0;

  async start(): Promise<this> {
    this.answer(initialModel().balance, 'none');
    await this.harness.wake();
    return this;
  }

  #wait(ms: number): void {
    this.#elapsed += ms;
    this.harness.now += ms;
  }

  async command(name: string, params: object = {}) {
    this.#wait(1_000);
    const { harness } = this;
    const id =
      name.startsWith('account/') || name.startsWith('history/') ? { accountId: this.#accountId } : {};
    const text = name === 'backup/restore' ? { text: this.#backup } : {};
    const result = await harness.command<{ text: string }>(name, { ...id, ...text, ...params });
    if (name === 'backup/create' && result.ok) this.#backup = result.value.text;
    return result;
  }

  async connect(passphrase: string | undefined) {
    this.#wait(60_000); // key checks are limited
    this.#isSaving = true;
    const save = { ...saving(pem), ...(passphrase && { passphrase }), history: 'keep' };
    const replaces = this.#accountId && (await this.#exists()) ? { replaces: this.#accountId } : {};
    const result = await this.harness.command<{ accountId: string }>('key/save', { ...save, ...replaces });
    if (result.ok) this.#accountId = result.value.accountId;
    return result;
  }

  async #exists(): Promise<boolean> {
    const accounts = (this.harness.browser.local.accounts as { data: unknown[] } | undefined)?.data ?? [];
    return accounts.length > 0;
  }

  answer(cash: Balance, fault: Fault): void {
    this.harness.answer = () => RESPONSES[fault](cash);
  }

  async passMinutes(minutes: number): Promise<void> {
    this.#elapsed += minutes * 60_000;
    await this.harness.passMinutes(minutes);
  }

  setClock(hours: number): void {
    this.#clockSet = true;
    this.harness.now += hours * 3_600_000;
  }

  async setPermission(granted: boolean): Promise<void> {
    this.#wait(1_000);
    const { granted: all, events } = this.harness.browser;
    if (granted) all.add(HOST);
    else all.delete(HOST);
    await events[granted ? 'added' : 'removed'].emit({ origins: [HOST] });
  }

  async restartBrowser(): Promise<void> {
    this.#wait(60_000);
    this.#clockSet = true; // when requests were started is known until the browser ends
    this.harness.browser.restart();
    await this.harness.wake();
    await this.harness.browser.events.startup.emit();
  }

  async killDuring(action: () => Promise<unknown>, atStep: number): Promise<boolean> {
    const { harness } = this;
    const killed = await harness.killDuring(action, atStep);
    if (killed) {
      this.#backup = '';
      await harness.wake();
    }
    const accounts = (harness.browser.local.accounts as { data: { id: string }[] } | undefined)?.data ?? [];
    this.#accountId = accounts[0]?.id ?? this.#accountId;
    return killed;
  }

  async see(): Promise<Seen> {
    const { browser } = this.harness;
    await this.#settle();
    const { readState } = await import('../../../src/storage/state.ts');
    const state = await readState();
    if (state.kind !== 'ready') throw new Error(`${state.unreadableItems} cannot be read`);
    const [account] = state.accounts;
    if (account) this.#accountId = account.id;
    const { snapshot } = (account && state.data[account.id]) ?? { snapshot: undefined };
    const preview = browser.session['popup-preview'];
    return {
      badge: browser.toolbar.text,
      title: browser.toolbar.title,
      preview: preview ? JSON.stringify(preview) : '',
      readable: state.unreadableItems.length === 0 && state.settingsReadable && state.accounts.length <= 1,
      account: account
        ? {
            protected: account.protection === 'passphrase',
            locked: account.protection === 'passphrase' && !state.unlocked.includes(account.id),
          }
        : null,
      hidden: state.settings.hideAmounts,
      figure: state.settings.badgeFigure,
      cash: snapshot?.figures ? String(snapshot.figures.cash / 1_000_000) : null,
      outcome: snapshot?.outcome?.kind ?? null,
    };
  }

  /** Lets everything that has begun end. */
  async #settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  expectRequests(mayPoll: boolean, story: string): number {
    const { harness } = this;
    const sent = harness.requests.length - this.#sent;
    this.#sent = harness.requests.length;
    for (const url of [...harness.requests, ...harness.listRequests]) {
      expect(url, story).toMatch(/^https:\/\/external-api\.kalshi\.com\/trade-api\/v2\//);
    }
    if (sent > 0 && !this.#isSaving) {
      expect(mayPoll, `${story}: a request`).toBe(true);
      expect(sent, story).toBeLessThanOrEqual(1);
      if (this.#lastPoll !== null && !this.#clockSet) {
        expect(this.#elapsed - this.#lastPoll, story).toBeGreaterThanOrEqual(10_000);
      }
    }
    if (sent > 0) {
      this.#lastPoll = this.#elapsed;
      this.#clockSet = false;
    }
    this.#isSaving = false;
    return sent;
  }
}

test(`${RUNS} stories: never a wrong amount, never one while locked or hidden; MODEL_SEED=${SEED}`, {
  timeout: 1_800_000,
}, async () => {
  deriveFast();
  try {
    await fc.assert(
      fc.asyncProperty(stories(40, 15), (commands) =>
        fc.asyncModelRun(
          async () => ({ model: initialModel(), real: await new SimulatedSubject().start() }),
          commands,
        ),
      ),
      { numRuns: RUNS, seed: SEED },
    );
  } finally {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  }
});
