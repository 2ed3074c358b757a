// Simulated months: faults, sleep, restarts, kills, clocks that jump, permissions that change, a profile that is full at times.
// After every event the invariants hold.
//   YEAR_SEED=… repeats them; YEAR_DAYS=… makes them longer or shorter. Nightly it is four years (.github/workflows/matrix.yml).
import { expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS, PERIODS } from '../../../src/domain/accounts/settings.ts';
import { TIERS } from '../../../src/domain/balance/history.ts';
import { momentOf } from '../../../src/domain/calendar.ts';
import { parseDollars } from '../../../src/domain/money.ts';
import { MIN_GAP, STATUS_GAP } from '../../../src/domain/polling/backoff.ts';
import { readSamples } from '../../../src/storage/history-store.ts';
import { decodeItem, type StoredItems } from '../../../src/storage/schemas.ts';
import { badgeView } from '../../../src/view/badge/badge-view.ts';
import { displayedAccount } from '../../../src/view/displayed-account.ts';
import { makeKey } from '../../exchange/keys.ts';
import { english } from '../../fakes/english.ts';
import { seeded, seedOf } from '../../fakes/random.ts';
import { readyState } from '../../fakes/state.ts';
import { type BackgroundHarness, saving, withBackground } from './background-harness.ts';

const SEED = seedOf('YEAR_SEED');
const DAYS = Number(process.env.YEAR_DAYS ?? 60);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const HOST = 'https://external-api.kalshi.com/*';

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

/** The exchange and its time; the computer's clock differs by `skew`. */
class Year {
  readonly random = seeded(SEED);
  now: number;
  skew = 0;
  cents = 100_000;
  /** The balances returned: micro-dollars → the seconds in which. */
  readonly answered = new Map<number, Set<number>>();
  /** The times of requests by the exchange's clock. */
  readonly requests: number[] = [];
  fault: (() => Response) | undefined;
  events: string[] = [];
  jumps = 0;

  constructor() {
    this.now = harness.now;
  }

  pick<T>(of: readonly T[]): T {
    return of[Math.floor(this.random() * of.length)] as T;
  }

  /** Time passes, for the exchange and for the computer. */
  pass(ms: number): void {
    this.now += ms;
    harness.now = this.now + this.skew;
  }

  answer = (init: RequestInit): Response => {
    this.requests.push(this.now);
    if (this.fault) return this.fault();
    const headers = { date: new Date(this.now).toUTCString() };
    const stamp = Number(new Headers(init.headers).get('KALSHI-ACCESS-TIMESTAMP'));
    if (Math.abs(stamp - this.now) > 15_000) {
      return new Response('{"error":{"code":"header_timestamp_expired"}}', { status: 401, headers });
    }
    this.cents += Math.round((this.random() - 0.5) * 1000);
    const dollars = (this.cents / 100).toFixed(2);
    const amount = parseDollars(dollars) ?? 0;
    const second = Math.floor(this.now / 1000) * 1000;
    this.answered.set(amount, (this.answered.get(amount) ?? new Set()).add(second));
    return new Response(JSON.stringify({ balance_dollars: dollars, portfolio_value: 0 }), { headers });
  };
}

const FAULTS: (() => Response)[] = [
  () => {
    throw new TypeError('Failed to fetch');
  },
  () => new Response('', { status: 500 }),
  () => new Response('', { status: 503 }),
  () => new Response('{"error":"too many requests"}', { status: 429 }),
  () => new Response('<html>Wi-Fi</html>'),
  () => new Response('{"balance_dollars":"1e3","portfolio_value":0}'),
  () => new Response('{"balance_dollars":"5","portfolio_value":-0.5}'),
  () => new Response('', { status: 401 }),
  () => new Response('', { status: 403 }),
];

/** The stored state, read without the code under test. */
function stored() {
  const { local: items, session } = harness.browser;
  const item = (name: string) => (items[name] as { data: unknown } | undefined)?.data;
  const accounts = (item('accounts') ?? []) as StoredItems['accounts'];
  const settings = {
    ...DEFAULT_SETTINGS,
    ...(item('settings') as Partial<StoredItems['settings']> | undefined),
  };
  const data = Object.fromEntries(
    accounts.map(({ id }) => [id, item(`account/${id}`) as StoredItems['account']]),
  );
  const local = (session.failing as { local: boolean } | undefined)?.local === true;
  return readyState({ accounts, settings, data, storageFailing: { local, history: false } });
}

function expectTrueBadge(year: Year): void {
  const state = stored();
  const shown = displayedAccount(state, null, english);
  if (!shown) throw new Error('the account is gone');
  const view = badgeView(shown, state.settings, english, momentOf(harness.now));
  expect(harness.browser.toolbar.text).toBe(view.text);
  expect(harness.browser.toolbar.title).toBe(view.title);
  expect(harness.browser.toolbar.icon).toBe(`/icons/${view.look === 'idle' ? 'live' : view.look}-16.png`);
  const { figures } = shown.snapshot;
  expect(year.answered.has(figures?.cash ?? -1)).toBe(true);
}

function expectFewRequests(year: Year): void {
  const lastHour = year.requests.filter((at) => at > year.now - HOUR).length;
  // A clock set back puts the last attempt into the future, so each jump may cause one more poll.
  const bound = HOUR / MIN_GAP + HOUR / STATUS_GAP + 3 * year.jumps;
  expect(lastHour).toBeLessThanOrEqual(bound);
  if (year.requests.length > 2_000) year.requests.splice(0, 1_000);
}

async function expectTrueHistory(year: Year, accountId: string): Promise<void> {
  for (const [tier] of TIERS.entries()) {
    const samples = await readSamples(accountId, tier);
    let before = Number.NEGATIVE_INFINITY;
    for (const { at, cash } of samples) {
      expect(at).toBeGreaterThan(before);
      expect(year.answered.get(cash)?.has(at), `an answer of ${new Date(at).toISOString()}`).toBe(true);
      before = at;
    }
  }
}

test(`${DAYS} days, YEAR_SEED=${SEED}`, { timeout: 300_000 }, async () => {
  vi.stubEnv('TZ', 'America/New_York'); // a time zone with daylight saving time
  const year = new Year();
  harness.answer = year.answer;
  harness.status = () => {
    year.requests.push(year.now);
    return new Response('{"exchange_active":false}', { status: 503 });
  };
  vi.spyOn(Math, 'random').mockImplementation(year.random);
  const accountId = await harness.connect(saving(makeKey('Ed25519').pem));
  const awake = async () =>
    vi.waitFor(() => expect(harness.browser.toolbar.title).not.toBe(''), { interval: 1 });

  const events: Record<string, () => Promise<void>> = {
    'the background ends': async () => {
      harness.browser.toolbar.title = '';
      await harness.wake();
      await awake();
    },
    'the browser restarts': async () => {
      harness.browser.restart();
      await harness.wake();
      await harness.browser.events.startup.emit();
      await awake();
    },
    'something goes wrong': async () => {
      year.fault = year.pick(FAULTS);
    },
    'it is over': async () => {
      year.fault = undefined;
      await harness.command('account/refresh', { accountId });
    },
    'the user clicks': async () => {
      for (let i = 0; i < 5; i++) await harness.command('account/refresh', { accountId });
    },
    'the clock jumps': async () => {
      year.jumps++;
      year.skew = year.pick([
        0,
        0,
        20_000,
        -20_000,
        42_000,
        -MINUTE,
        HOUR,
        -HOUR,
        30 * 24 * HOUR,
        -400 * 24 * HOUR,
      ]);
      year.pass(0);
    },
    'access is taken away': async () => {
      harness.browser.granted.delete(HOST);
      await harness.browser.events.removed.emit({});
    },
    'access is given': async () => {
      harness.browser.granted.add(HOST);
      await harness.browser.events.added.emit({});
    },
    'the disk is full': async () => {
      harness.browser.writeError = new Error('QuotaExceededError');
    },
    'there is space again': async () => {
      harness.browser.writeError = undefined;
    },
    'another period': async () => {
      const periodSeconds = year.random() < 0.05 ? year.pick(PERIODS) : year.pick([1800, 3600]);
      await harness.command('settings/change', { periodSeconds });
    },
    'away and back': async () => {
      await harness.command('settings/change', { restWhenAway: true });
      harness.browser.presence = 'idle';
      await harness.passMinutes(5);
      year.now += 5 * MINUTE;
      harness.browser.presence = 'active';
      await harness.browser.events.presence.emit('active');
    },
  };
  await events['another period']?.();
  const end = year.now + DAYS * 24 * HOUR;
  let day = 0;
  let alarms = 0;
  let happened = 'it begins';
  try {
    while (year.now < end) {
      const periodMs = ((stored().settings?.periodSeconds ?? 60) as number) * 1000;
      // Asleep for a night about once a day; otherwise a period passes, and the alarm fires.
      const asleep = year.random() < periodMs / (24 * HOUR);
      year.pass(asleep ? (1 + year.random() * 10) * HOUR : periodMs);
      happened = asleep ? 'the laptop wakes' : 'the alarm fires';
      const before = year.requests.length;
      const alarm = harness.browser.alarmsSet.get('poll');
      if (alarm) await harness.browser.events.alarm.emit(alarm);
      // One poll: the balance, a retry with another time, and the exchange status.
      expect(year.requests.length - before).toBeLessThanOrEqual(3);
      alarms++;
      expectTrueBadge(year);
      if (year.random() < 0.2) {
        happened = year.pick(Object.keys(events));
        await events[happened]?.();
        // A clock jump or a full disk takes effect at the next poll.
        await harness.command('settings/change', {});
        expectTrueBadge(year);
      }
      expectFewRequests(year);
      const today = Math.floor((year.now - (end - DAYS * 24 * HOUR)) / (7 * 24 * HOUR));
      if (today > day) {
        day = today;
        happened = 'reading the history';
        await expectTrueHistory(year, accountId);
      }
    }
    await expectTrueHistory(year, accountId);
  } catch (error) {
    throw new Error(`YEAR_SEED=${SEED}, alarm ${alarms}, after “${happened}”: ${String(error)}`, {
      cause: error,
    });
  }
  expect(alarms).toBeGreaterThan(DAYS * 5);
  // Everything stored can be read, and the key is still there.
  for (const [name, item] of Object.entries(harness.browser.local)) {
    const [kind = ''] = name.split('/');
    expect(decodeItem(kind as keyof StoredItems, item), name).toBeDefined();
  }
  expect(harness.stored().sort()).toEqual(['account', 'accounts', 'settings']);
  expect(await harness.keys()).toHaveLength(1);

  // At the end all faults are removed, and the figure is current within two periods.
  year.fault = undefined;
  harness.status = () => new Response('{"exchange_active":true}'); // a year may end in maintenance
  year.skew = 0;
  harness.browser.writeError = undefined;
  harness.browser.granted.add(HOST);
  year.pass(MINUTE);
  await harness.command('account/refresh', { accountId });
  expectTrueBadge(year);
  expect(harness.browser.toolbar.icon).toBe('/icons/live-16.png');
});
