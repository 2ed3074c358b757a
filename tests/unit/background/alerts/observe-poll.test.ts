// What a poll's result, the held markets and new trades mean for the alerts, at their limits.

import { describe, expect, test } from 'vitest';
import type { Account } from '../../../../src/domain/accounts/account.ts';
import type { AccountData } from '../../../../src/domain/accounts/account-data.ts';
import type { AlertEvent, Alerts, SummaryEvent } from '../../../../src/domain/alerts/alert.ts';
import type { AlertRules } from '../../../../src/domain/alerts/rules.ts';
import type { Day } from '../../../../src/domain/balance/daily-change.ts';
import { NO_TRANSFERS } from '../../../../src/domain/balance/transfer-list.ts';
import type { Holdings } from '../../../../src/domain/holdings/holdings.ts';
import type { Position } from '../../../../src/domain/holdings/position.ts';
import { type Micros, ZERO } from '../../../../src/domain/money.ts';
import type { ResultPeriod } from '../../../../src/domain/pnl/result-periods.ts';
import type { NewTradeRow } from '../../../../src/domain/pnl/results-progress.ts';
import type { Outcome } from '../../../../src/domain/polling/outcome.ts';
import type { Quantity } from '../../../../src/domain/quantity.ts';
import type { Share } from '../../../../src/domain/share.ts';
import { as } from '../../../fakes/plain.ts';
import { clearRecords } from '../../../fakes/records.ts';
import { withBackground } from '../background-harness.ts';

const DAY = 86_400_000;
const MIDNIGHT = new Date(2026, 10, 24).getTime();
const NOON = MIDNIGHT + DAY / 2;
const OK: Outcome = { kind: 'ok' };
const money = <Q extends Quantity = Micros>(units: number) => as<Q>(Math.round(units * 1e6));
const account = { id: 'a', scopes: ['read'], acceptedScopes: ['read'], keyId: 'k' } as unknown as Account;

withBackground(() => undefined);

/** Imported for each test: the modules use the stores of its own fake browser. */
const modules = async () => ({
  ...(await import('../../../../src/background/alerts/observe-poll.ts')),
  ...(await import('../../../../src/background/alerts/observe-trades.ts')),
  ...(await import('../../../../src/background/alerts/held-markets.ts')),
  ...(await import('../../../../src/domain/accounts/account-data.ts')),
  ...(await import('../../../../src/domain/alerts/alert.ts')),
  ...(await import('../../../../src/domain/holdings/holdings.ts')),
  ...(await import('../../../../src/domain/pnl/results-progress.ts')),
  ...(await import('../../../../src/storage/records/holdings.ts')),
  ...(await import('../../../../src/storage/records/results.ts')),
});

const figures = (cash: number, positions: number, at = NOON) => ({
  cash: money(cash),
  positions: money(positions),
  at,
});

interface Poll {
  rules: Partial<AlertRules>;
  memory?: Alerts['memory'];
  cash?: number;
  day?: Day | null;
  outcome?: Outcome;
  now?: number;
  of?: Partial<Account>;
}

/** What two polls decide: the first looks at what is there, the second is the one given. */
async function decidedBy({ rules, memory = {}, cash = 100, day = null, outcome = OK, now = NOON, of }: Poll) {
  const { alertsAfterPoll, NO_ALERTS, NO_DATA } = await modules();
  const data: AccountData = {
    ...NO_DATA,
    day,
    snapshot: { figures: figures(cash, 20, now), outcome, outcomeAt: now },
    alerts: { ...NO_ALERTS, rules: { ...NO_ALERTS.rules, ...rules }, memory },
  };
  const alerts = await alertsAfterPoll({ ...account, ...of }, data, outcome, now);
  return { events: alerts?.recent.map(({ event }) => event) ?? [], memory: alerts?.memory ?? {} };
}

/** The events of a poll that follows another one. */
async function afterAnother(first: Poll, second: Omit<Poll, 'rules' | 'memory'>): Promise<AlertEvent[]> {
  const { memory } = await decidedBy(first);
  return (await decidedBy({ ...first, ...second, memory })).events;
}

const dayFrom = (cash: number): Day => ({
  began: MIDNIGHT,
  base: { ...figures(cash, 20, MIDNIGHT), gap: false } as Day['base'],
  whole: true,
  points: [],
});

async function hold(...positions: Partial<Position>[]): Promise<void> {
  const { EMPTY_HOLDINGS, writeHoldings } = await modules();
  await writeHoldings(clearRecords('a'), { ...EMPTY_HOLDINGS, positions: positions.map(positionWith) });
}

function positionWith(of: Partial<Position>): Position {
  return {
    ticker: 'RAIN',
    event: 'RAIN',
    title: 'Rain',
    answer: 'Yes',
    side: 'yes',
    count: money(10),
    cost: money(4),
    average: money(0.4),
    price: money(0.5),
    bid: money(0.5),
    value: money(5),
    dayMove: null,
    closesAt: null,
    changedAt: null,
    payout: null,
    ...of,
  };
}

describe('after a poll', () => {
  test('without any rule and memory, nothing is decided and nothing changes', async () => {
    const { alertsAfterPoll, NO_ALERTS, NO_DATA } = await modules();
    const data = { ...NO_DATA, snapshot: { figures: figures(1, 1), outcome: OK, outcomeAt: NOON } };
    expect(await alertsAfterPoll(account, data, OK, NOON)).toBeUndefined();
    expect(await alertsAfterPoll(account, { ...data, alerts: NO_ALERTS }, OK, NOON)).toBe(NO_ALERTS);
  });

  test('the last rule was switched off: what it remembered goes', async () => {
    const { memory } = await decidedBy({ rules: { cashAbove: money(500) } });
    expect(Object.keys(memory)).not.toEqual([]);
    expect((await decidedBy({ rules: {}, memory })).memory).toEqual({});
  });

  test('the total and the cash are those of the figures', async () => {
    const rules = { totalAbove: money(200), cashBelow: money(50) };
    expect(await afterAnother({ rules }, { cash: 190 })).toMatchObject([
      { kind: 'threshold', figure: 'total', value: money(210) },
    ]);
    expect(await afterAnother({ rules }, { cash: 40 })).toMatchObject([
      { kind: 'threshold', figure: 'cash', value: money(40) },
    ]);
  });

  test("today's change and its share come from the day", async () => {
    const rules = { changeAmount: money(30), changeShare: as<Share>(900_000) };
    const polls = [
      { rules, day: dayFrom(100) },
      { day: dayFrom(100), cash: 160 },
    ] as const;
    expect(await afterAnother(...polls)).toEqual([{ kind: 'change', amount: money(60), share: 500_000 }]);
    expect(await afterAnother({ rules }, { cash: 160 })).toEqual([]); // no day, no change
  });

  test('a change that is not confirmed decides nothing', async () => {
    const { alertsAfterPoll, NO_ALERTS, NO_DATA } = await modules();
    const rules = { ...NO_ALERTS.rules, changeAmount: money(30) };
    const first = await decidedBy({ rules, day: dayFrom(100) });
    const data: AccountData = {
      ...NO_DATA,
      day: dayFrom(100),
      snapshot: { figures: figures(160, 20), outcome: OK, outcomeAt: NOON },
      transfers: NO_TRANSFERS,
      alerts: { ...NO_ALERTS, rules, memory: first.memory },
    };
    expect((await alertsAfterPoll(account, data, OK, NOON))?.recent).toEqual([]);
  });

  test('the expiry of the key is that of the account', async () => {
    const of = { expiresAt: NOON + 30 * DAY };
    const events = await afterAnother({ rules: { key: true }, of }, { of, now: NOON + 29 * DAY });
    expect(events).toEqual([{ kind: 'key-expires', at: NOON + 30 * DAY }]);
  });

  test('no balance for too long: since the last good one, also when none ever came', async () => {
    const offline: Outcome = { kind: 'offline' };
    const { alertsAfterPoll, NO_ALERTS, NO_DATA } = await modules();
    const alerts = { ...NO_ALERTS, rules: { ...NO_ALERTS.rules, silentFor: 30 } };
    const data = (figuresAt: number | null): AccountData => ({
      ...NO_DATA,
      snapshot: {
        figures: figuresAt === null ? null : figures(100, 20, figuresAt),
        outcome: offline,
        outcomeAt: NOON,
      },
      alerts,
    });
    const first = await alertsAfterPoll(account, data(NOON), offline, NOON);
    const later = NOON + 45 * 60_000;
    const second = await alertsAfterPoll(account, { ...data(NOON), alerts: first ?? alerts }, offline, later);
    expect(second?.recent.map(({ event }) => event)).toEqual([{ kind: 'silent', since: NOON }]);
    const none = await alertsAfterPoll(account, data(null), offline, later);
    expect(none?.recent).toEqual([]);
  });

  test('a market that closes soon is noticed with the rule for all, and for the watched one', async () => {
    await hold({ ticker: 'RAIN', closesAt: NOON + 3 * 3_600_000 });
    const later = { now: NOON + 2.5 * 3_600_000 };
    const closing = { kind: 'closing', titles: ['Rain'] };
    expect(await afterAnother({ rules: { closesWithin: 45 } }, later)).toMatchObject([closing]);
    expect(await afterAnother({ rules: { watched: ['RAIN'] } }, later)).toMatchObject([closing]);
    expect(await afterAnother({ rules: { watched: ['SNOW'] } }, later)).toEqual([]);
    expect(await afterAnother({ rules: { cashAbove: money(500) } }, later)).toEqual([]);
  });
});

describe('the daily summary', () => {
  const rules = { summaryAt: 10 * 60 };
  const madeOn = (day: number) => ({ summary: { kind: 'summary', at: 600, day } }) as const;
  const due = madeOn(MIDNIGHT - 1);
  const summary = async (more: Partial<Poll> = {}) => {
    const { events } = await decidedBy({ rules, memory: due, day: dayFrom(70), ...more });
    expect(events).toHaveLength(1);
    return events[0] as SummaryEvent;
  };
  const resultOn = (day: number, proceeds: number): ResultPeriod => ({
    start: day,
    cost: money(10),
    proceeds: money(proceeds),
    fees: money(1),
    markets: 1,
    marketsClosedFinally: 1,
    basis: ZERO,
  });
  const results = async (complete: boolean, ...days: ResultPeriod[]) => {
    const { EMPTY_RESULTS, writeResultsProgress } = await modules();
    await writeResultsProgress(clearRecords('a'), { ...EMPTY_RESULTS, complete, periods: days });
  };
  const yesterday = new Date(2026, 10, 23).getTime();

  test('after its time: of today, with total and change', async () => {
    expect(await summary()).toEqual({
      kind: 'summary',
      day: MIDNIGHT,
      total: money(120),
      change: money(30),
      result: null,
      settling: 0,
    });
  });

  test('without a change that is known, it has none', async () => {
    expect(await summary({ day: null })).toMatchObject({ day: MIDNIGHT, change: null });
  });

  test('missed yesterday: of yesterday, without the change of today', async () => {
    const { events } = await decidedBy({
      rules,
      memory: madeOn(yesterday - 1),
      day: dayFrom(70),
      now: MIDNIGHT + 3_600_000,
    });
    expect(events).toMatchObject([{ kind: 'summary', day: yesterday, change: null }]);
  });

  test('before its time, and a second time, it is not made', async () => {
    const early = { memory: madeOn(yesterday), now: MIDNIGHT + 3_600_000 };
    expect((await decidedBy({ rules, ...early })).events).toEqual([]);
    const { memory } = await decidedBy({ rules, memory: due });
    expect((await decidedBy({ rules, memory, now: NOON + 3_600_000 })).events).toEqual([]);
  });

  test('the result is that of its day: proceeds less cost and fees', async () => {
    await results(true, resultOn(yesterday, 100), resultOn(MIDNIGHT, 50));
    expect(await summary()).toMatchObject({ result: money(39) });
  });

  test('missed yesterday: the result of yesterday alone', async () => {
    await results(true, resultOn(yesterday, 100), resultOn(MIDNIGHT, 50));
    const late = { memory: madeOn(yesterday - 1), now: MIDNIGHT + 3_600_000 };
    expect((await decidedBy({ rules, ...late })).events).toMatchObject([{ result: money(89) }]);
  });

  test('results that were not read to their end are left out', async () => {
    await results(false, resultOn(MIDNIGHT, 50));
    expect(await summary()).toMatchObject({ result: null });
  });

  test('counts the markets that close tomorrow, by the calendar', async () => {
    const tomorrow = new Date(2026, 10, 25).getTime();
    const after = new Date(2026, 10, 26).getTime();
    const at = (closesAt: number | null) => ({ ticker: String(closesAt), closesAt });
    await hold(...[null, tomorrow - 1, tomorrow, tomorrow + 5, after - 1, after, NOON].map(at));
    expect(await summary()).toMatchObject({ settling: 3 });
  });
});

describe('held markets', () => {
  const marketsWith = (last: number | null, previous: number | null): Holdings['markets'] => ({
    RAIN: {
      event: 'RAIN',
      title: 'Rain',
      yes: 'Yes',
      no: 'No',
      last: last === null ? null : money(last),
      previous: previous === null ? null : money(previous),
    } as Holdings['markets'][string],
  });
  const pricesOf = async (markets: Holdings['markets'], side: Position['side'] = 'yes') => {
    const { EMPTY_HOLDINGS, heldMarkets } = await modules();
    const positions = [positionWith({ closesAt: NOON, side })];
    return heldMarkets({ ...EMPTY_HOLDINGS, positions, markets }).map(({ from, to }) => [from, to]);
  };

  test.each([
    ['YES', 'yes', 0.6, 0.5, [money(0.5), money(0.6)]],
    ['NO: its own price', 'no', 0.95, 0.9, [money(0.1), money(0.05)]],
    ['without a last price', 'yes', null, 0.5, [money(0.5), null]],
    ['without a price of yesterday', 'no', 0.5, null, [null, money(0.5)]],
  ] as const)('the prices of the side that is held: %s', async (_, side, last, previous, prices) => {
    expect(await pricesOf(marketsWith(last, previous), side)).toEqual([prices]);
  });

  test('a market whose prices are not known', async () => {
    expect(await pricesOf({})).toEqual([[null, null]]);
  });
});

describe('new trades', () => {
  const newTrades: NewTradeRow[] = [
    { id: 'f1', kind: 'fill', ticker: 'RAIN', amount: money(4) },
    { id: 's1', kind: 'payout', ticker: 'SNOW', amount: money(10) },
  ];

  test('none', async () => {
    const { EMPTY_RESULTS, observeNewTrades } = await modules();
    expect(await observeNewTrades(clearRecords('a'), EMPTY_RESULTS)).toEqual([]);
  });

  test('an order of the same market that still rests: partly filled; titles that are unknown are tickers', async () => {
    const { EMPTY_HOLDINGS, EMPTY_RESULTS, observeNewTrades, writeHoldings } = await modules();
    const progress = { ...EMPTY_RESULTS, newTrades };
    expect(await observeNewTrades(clearRecords('a'), progress)).toMatchObject([
      { partly: false },
      { partly: false },
    ]);
    const order = { id: 'o', ticker: 'RAIN', title: 'Rain', answer: 'Yes', side: 'yes' };
    const orders = [
      {
        ...order,
        count: money(1),
        price: money(0.5),
        closes: money(0),
        committed: money(1),
        brings: money(0),
      },
    ] as unknown as Holdings['orders'];
    await writeHoldings(clearRecords('a'), { ...EMPTY_HOLDINGS, orders });
    expect(await observeNewTrades(clearRecords('a'), progress)).toEqual([
      { id: 'f1', kind: 'fill', amount: money(4), title: 'RAIN', partly: true },
      { id: 's1', kind: 'payout', amount: money(10), title: 'SNOW', partly: false },
    ]);
  });
});
