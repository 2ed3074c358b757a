// Random stories of user actions, exchange faults, clock changes and kills against a small model (tests/model/).
//   MODEL_RUNS=… sets their number, MODEL_SEED=… repeats a run.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { TIERS } from '../../../src/domain/balance/history.ts';
import { hostPatterns } from '../../../src/kalshi/endpoints.ts';
import { makeKey } from '../../exchange/keys.ts';
import { seedOf } from '../../fakes/random.ts';
import { clearRecords } from '../../fakes/records.ts';
import { type Subject, stories } from '../../model/actions.ts';
import {
  type Balance,
  type Fault,
  initialModel,
  MEMBERS,
  type MemberName,
  type PerMember,
  type Perps,
  POSITIONS_IN_CENTS,
  perMember,
  type Seen,
} from '../../model/model.ts';
import {
  BackgroundHarness,
  balance,
  deriveFast,
  KEY_ID,
  OTHER_KEY_ID,
  perpsEquity,
  saving,
} from './background-harness.ts';

const RUNS = Number(process.env.MODEL_RUNS ?? 150);
const SEED = seedOf('MODEL_SEED');
const HOSTS = hostPatterns('production');
const KEYS = perMember(() => makeKey('Ed25519').pem);
const KEY_IDS = { A: KEY_ID, B: OTHER_KEY_ID };

/** As an account stores it, locked or not. */
const hashOf = (member: MemberName) =>
  createHash('sha256').update(`production ${KEY_IDS[member]}`).digest('base64');

const RESPONSES: Record<Fault, (balance: Balance) => Response> = {
  none: (cash) => balance(cash, POSITIONS_IN_CENTS)(),
  error: () => new Response('', { status: 500 }),
  refused: () => new Response('{"error":{"details":"NOT_FOUND"}}', { status: 401 }),
  offline: () => {
    throw new TypeError('no network');
  },
  'sign-in page': () => new Response('<html>sign in</html>'),
};

/** The background in the simulated browser. */
class SimulatedSubject implements Subject {
  harness = new BackgroundHarness();
  readonly story: string[] = [];
  #backup = '';
  /** What the exchange answers to each member. */
  readonly #answers = perMember((member) => RESPONSES.none.bind(null, initialModel().balances[member]));
  /** Every balance that a member may have in its history. */
  readonly #answered = perMember((member) => new Set<string>([initialModel().balances[member]]));
  #perps: Perps = initialModel().perps;
  /** Milliseconds that really have passed, whatever the computer's clock says. */
  #elapsed = 0;
  /** When polls were sent, in elapsed milliseconds; `null` if the background cannot know it. */
  readonly #lastPoll: PerMember<number | null> = { A: null, B: null };
  /** Whose key is being saved: that polls whenever it is done. */
  #saving: MemberName | null = null;
  #sent: { member: MemberName; host: string }[] = [];

  async start(): Promise<this> {
    await this.#install();
    return this;
  }

  async #install(): Promise<void> {
    const withoutPerps = this.harness.perps;
    this.harness.perps = ({ headers }) => {
      const isOfA = new Headers(headers).get('KALSHI-ACCESS-KEY') === KEY_IDS.A;
      if (!isOfA || this.#perps === 'none') return withoutPerps({});
      return this.#perps === 'error' ? new Response('', { status: 500 }) : perpsEquity(this.#perps)();
    };
    this.harness.answer = ({ headers }) => {
      const keyId = new Headers(headers).get('KALSHI-ACCESS-KEY');
      const member = MEMBERS.find((each) => KEY_IDS[each] === keyId);
      if (!member) throw new Error('a request without a known key');
      this.#sent.push({ member, host: new URL(this.harness.requests.at(-1) ?? '').host });
      return this.#answers[member]();
    };
    await this.harness.wake();
  }

  async reinstall(): Promise<void> {
    this.#wait(60_000);
    this.#forgetPolls();
    const { now } = this.harness;
    this.harness = new BackgroundHarness();
    this.harness.now = now;
    await this.#install();
  }

  #wait(ms: number): void {
    this.#elapsed += ms;
    this.harness.now += ms;
  }

  /** The stored account of a member. */
  #idOf(member: MemberName): string | undefined {
    const accounts = this.harness.browser.local.accounts as
      | { data: { id: string; keyHash: string }[] }
      | undefined;
    return accounts?.data.find(({ keyHash }) => keyHash === hashOf(member))?.id;
  }

  async command(name: string, params: object = {}, member?: MemberName) {
    this.#wait(1_000);
    const id = member && { accountId: this.#idOf(member) ?? '' };
    const text = name === 'backup/restore' ? { text: this.#backup } : {};
    const result = await this.harness.command<{ text: string }>(name, { ...id, ...text, ...params });
    if (name === 'backup/create' && result.ok) this.#backup = result.value.text;
    return result;
  }

  async connect(member: MemberName, passphrase: string | undefined) {
    this.#wait(60_000); // key checks are limited
    this.#saving = member;
    const replaces = this.#idOf(member);
    return this.harness.command('key/save', {
      ...saving(KEYS[member]),
      keyId: KEY_IDS[member],
      allowUnchecked: true,
      acceptScopes: null, // an unchecked key counts as one that can do everything
      ...(passphrase && { passphrase }),
      ...(replaces && { replaces, history: 'keep' }),
    });
  }

  answer(member: MemberName, cash: Balance, fault: Fault): void {
    this.#answered[member].add(cash);
    this.#answers[member] = () => RESPONSES[fault](cash);
  }

  answerPerps(perps: Perps): void {
    this.#perps = perps;
  }

  async passMinutes(minutes: number): Promise<void> {
    this.#elapsed += minutes * 60_000;
    await this.harness.passMinutes(minutes);
  }

  setClock(hours: number): void {
    this.#forgetPolls();
    this.harness.now += hours * 3_600_000;
  }

  #forgetPolls(): void {
    for (const member of MEMBERS) this.#lastPoll[member] = null;
  }

  async setPermission(granted: boolean): Promise<void> {
    this.#wait(1_000);
    const { granted: all, events } = this.harness.browser;
    for (const pattern of HOSTS) {
      if (granted) all.add(pattern);
      else all.delete(pattern);
    }
    await events[granted ? 'added' : 'removed'].emit({ origins: HOSTS });
  }

  async restartBrowser(): Promise<void> {
    this.#wait(60_000);
    this.#forgetPolls(); // when requests were started is known until the browser ends
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
    return killed;
  }

  async see(): Promise<Seen> {
    const { browser } = this.harness;
    await this.#settle();
    const { readState } = await import('../../../src/storage/state.ts');
    const { readSamples } = await import('../../../src/storage/records/history.ts');
    const state = await readState();
    if (state.kind !== 'ready') throw new Error(`${state.unreadableItems} cannot be read`);
    for (const { id, keyHash } of state.accounts) {
      const member = MEMBERS.find((each) => hashOf(each) === keyHash) as MemberName;
      for (const tier of TIERS.keys()) {
        for (const { cash } of await readSamples(clearRecords(id), tier)) {
          expect(this.#answered[member], 'the history').toContain(String(cash / 1_000_000));
        }
      }
    }
    const preview = browser.session['popup-preview'];
    const { hideAmounts, badgeFigure, shownAccount } = state.settings;
    return {
      badge: browser.toolbar.text,
      title: browser.toolbar.title,
      preview: preview ? JSON.stringify(preview) : '',
      readable: state.unreadableItems.length === 0 && state.settingsReadable,
      accounts: state.accounts.map(({ id, keyHash, protection }) => {
        const { snapshot } = state.data[id] ?? {};
        return {
          id,
          member: MEMBERS.find((member) => hashOf(member) === keyHash) as MemberName,
          protected: protection === 'passphrase',
          locked: protection === 'passphrase' && !state.unlocked.includes(id),
          cash: snapshot?.figures ? String(snapshot.figures.cash / 1_000_000) : null,
          perps: snapshot?.figures?.perps === undefined ? null : String(snapshot.figures.perps / 1_000_000),
          outcome: snapshot?.outcome?.kind ?? null,
        };
      }),
      hidden: hideAmounts,
      figure: badgeFigure,
      shown: shownAccount,
    };
  }

  /** Lets everything that has begun end. */
  async #settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  expectRequests(mayPoll: PerMember<boolean>, story: string): PerMember<number> {
    const { requests, listRequests } = this.harness;
    for (const url of [...requests, ...listRequests]) {
      expect(url, story).toMatch(/^https:\/\/(external-api|api\.elections)\.kalshi\.com\/trade-api\/v2\//);
    }
    const hosts = perMember((name) =>
      this.#sent.flatMap(({ member, host }) => (member === name ? host : [])),
    );
    this.#sent = [];
    for (const member of MEMBERS) {
      if (hosts[member].length === 0) continue;
      if (this.#saving !== member) {
        expect(mayPoll[member], `${story}: a request of ${member}`).toBe(true);
        // The second host only after the first one.
        expect(hosts[member], `${story}: requests of ${member}`).toEqual([...new Set(hosts[member])]);
        const since = this.#elapsed - (this.#lastPoll[member] ?? Number.NEGATIVE_INFINITY);
        expect(since, `${story}: time since the last request of ${member}`).toBeGreaterThanOrEqual(10_000);
      }
      this.#lastPoll[member] = this.#elapsed;
    }
    this.#saving = null;
    return perMember((member) => hosts[member].length);
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
