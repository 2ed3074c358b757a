// When each rule alerts, at its limits, and what the alert contains.
import { describe, expect, test } from 'vitest';
import { type AlertEvent, type Alerts, NO_ALERTS } from '../../../../src/domain/alerts/alert.ts';
import { decideAlerts } from '../../../../src/domain/alerts/decide.ts';
import type { HeldMarket, NewTrade, Observed } from '../../../../src/domain/alerts/observed.ts';
import { type AlertRules, NO_RULES } from '../../../../src/domain/alerts/rules.ts';
import { isSummaryDue, summaryDay } from '../../../../src/domain/alerts/summary.ts';
import type { Micros } from '../../../../src/domain/money.ts';
import type { Share } from '../../../../src/domain/share.ts';
import { as } from '../../../fakes/plain.ts';

const MIDNIGHT = new Date(2026, 8, 10).getTime();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const usd = (dollars: number) => Math.round(dollars * 1_000_000) as Micros;

/** The events after each observation; the rules of a step replace those before. */
function story(steps: readonly (Partial<Observed> & { rules?: Partial<AlertRules> })[]): AlertEvent[][] {
  let alerts: Alerts = NO_ALERTS;
  return steps.map(({ rules, ...observed }, minute) => {
    if (rules) alerts = { ...alerts, rules: { ...NO_RULES, ...rules } };
    const before = alerts.nextId;
    alerts = decideAlerts(alerts, { now: MIDNIGHT + minute * MINUTE, midnight: MIDNIGHT, ...observed });
    return alerts.recent.filter(({ id }) => id >= before).map(({ event }) => event);
  });
}
const kinds = (steps: Parameters<typeof story>[0]) =>
  story(steps).map((events) => events.map(({ kind }) => kind));

/** The kinds after each observation, under the same rules. */
const observe = (rules: Partial<AlertRules>, [first = {}, ...rest]: readonly Partial<Observed>[]) =>
  kinds([{ rules, ...first }, ...rest]);
const said =
  (kind: string, ...at: number[]) =>
  (count: number) =>
    Array.from({ length: count }, (_, index) => (at.includes(index) ? [kind] : []));

test('nothing is on by default', () => {
  const everything: Partial<Observed> = {
    outcome: { kind: 'key-unknown' },
    total: usd(1),
    cash: usd(1),
    change: { amount: usd(1), share: as<Share>(10) },
    wider: true,
    held: [{ ...market('T', 0.9), closesAt: MIDNIGHT + MINUTE }],
    trades: [{ id: 'f', kind: 'fill', title: 'T', amount: usd(1), partly: false }],
  };
  expect(observe({}, [everything, everything])).toEqual([[], []]);
});

describe('thresholds', () => {
  const totals = (...dollars: number[]) => dollars.map((total) => ({ total: usd(total) }));

  test.each<[name: string, rule: Partial<AlertRules>, totals: number[], at: number[]]>([
    ['above', { totalAbove: usd(100) }, [90, 99, 100, 120], [2]],
    ['below', { totalBelow: usd(100) }, [120, 101, 99, 50], [2]],
    ['already passed when the rule is new: nothing old', { totalAbove: usd(100) }, [150, 160], []],
    ['and then passed again', { totalAbove: usd(100) }, [150, 90, 101], [2]],
    ['swinging around it: once', { totalAbove: usd(100) }, [90, 100, 99.5, 100.5, 99.1, 101], [1]],
    ['clearly back, and passed again', { totalAbove: usd(100) }, [90, 100, 98, 100], [1, 3]],
    [
      'of a thousand, a hundredth is the margin',
      { totalAbove: usd(1000) },
      [900, 1000, 991, 1000, 990, 1000],
      [1, 5],
    ],
    ['negative', { totalBelow: usd(-5) }, [0, -6, -4.5, -6, -4, -6], [1, 5]],
  ])('%s', (_, rule, values, at) => {
    expect(observe(rule, totals(...values))).toEqual(said('threshold', ...at)(values.length));
  });

  test('an observation without the figure, as after a failed poll, decides nothing', () => {
    const observations = [...totals(90), { outcome: { kind: 'offline' } as const }, ...totals(110)];
    expect(observe({ totalAbove: usd(100) }, observations)).toEqual([[], [], ['threshold']]);
  });

  test('a changed threshold is a new rule', () => {
    let alerts: Alerts = { ...NO_ALERTS, rules: { ...NO_RULES, cashAbove: usd(100) } };
    const at = { now: MIDNIGHT, midnight: MIDNIGHT };
    alerts = decideAlerts(alerts, { ...at, cash: usd(90) });
    alerts = { ...alerts, rules: { ...alerts.rules, cashAbove: usd(80) } };
    alerts = decideAlerts(alerts, { ...at, cash: usd(91) });
    expect(alerts.recent).toEqual([]);
    alerts = decideAlerts({ ...alerts, rules: NO_RULES }, { ...at, cash: usd(91) });
    expect(alerts.memory).toEqual({});
  });
});

describe('the daily summary', () => {
  const rules = { ...NO_RULES, summaryAt: 9 * 60 };
  const yesterday = MIDNIGHT - DAY;

  test('is for today once its time has come, and for yesterday before', () => {
    expect(summaryDay(rules, MIDNIGHT + 9 * 60 * MINUTE, MIDNIGHT, yesterday)).toBe(MIDNIGHT);
    expect(summaryDay(rules, MIDNIGHT + 9 * 60 * MINUTE - 1, MIDNIGHT, yesterday)).toBe(yesterday);
    expect(summaryDay(NO_RULES, MIDNIGHT, MIDNIGHT, yesterday)).toBeNull();
  });

  test('begins with the next one, comes once, and catches up with the last one alone', () => {
    const observe = (alerts: Alerts, hour: number, day = 0): Alerts => {
      const midnight = MIDNIGHT + day * DAY;
      const now = midnight + hour * 60 * MINUTE;
      const due = summaryDay(rules, now, midnight, midnight - DAY);
      const summary = isSummaryDue(alerts, due)
        ? { kind: 'summary' as const, day: due, total: usd(1), change: null, result: null, settling: 0 }
        : undefined;
      return decideAlerts(alerts, { now, midnight, ...(summary && { summary }) });
    };
    const days = ({ recent }: Alerts) =>
      recent.map(({ event }) => event.kind === 'summary' && (event.day - MIDNIGHT) / DAY);
    let alerts = observe({ ...NO_ALERTS, rules }, 8);
    expect(days(alerts)).toEqual([]);
    alerts = observe(observe(alerts, 9), 10);
    expect(days(alerts)).toEqual([0]);
    alerts = observe(alerts, 8, 5); // closed for days
    alerts = observe(alerts, 8.5, 5);
    expect(days(alerts)).toEqual([4, 0]);
    expect(days(observe({ ...NO_ALERTS, rules }, 10))).toEqual([]); // switched on after its time
  });
});

test('below a threshold: at exactly the threshold', () => {
  const rules = { cashBelow: usd(100) };
  const [, at] = story([{ rules, cash: usd(101) }, { cash: usd(100) }]);
  expect(at).toEqual([
    { kind: 'threshold', figure: 'cash', above: false, threshold: usd(100), value: usd(100) },
  ]);
});

test('total and cash have thresholds of their own', () => {
  const rules = { totalAbove: usd(100), cashAbove: usd(50) };
  const steps = [
    { rules, total: usd(90), cash: usd(40) },
    { total: usd(110), cash: usd(40) },
    { cash: usd(60) },
  ];
  expect(story(steps).map((events) => events.map((event) => 'figure' in event && event.figure))).toEqual([
    [],
    ['total'],
    ['cash'],
  ]);
});

test('a rule that was switched off looks anew when it is on again', () => {
  const rules = { cashAbove: usd(100) };
  const steps = [
    { rules, cash: usd(90) },
    { rules: {}, cash: usd(90) },
    { rules, cash: usd(110) },
    { cash: usd(90) },
  ];
  expect(kinds([...steps, { cash: usd(110) }])).toEqual([[], [], [], [], ['threshold']]);
});

test('the change of a day: at exactly the limit, once each way, one alert for amount and share', () => {
  const rules = { changeAmount: usd(10), changeShare: 50_000 as Share };
  const change = (dollars: number, share: number | null) => ({
    change: { amount: usd(dollars), share: share === null ? null : as<Share>(share) },
  });
  const [first, up, again, down] = story([
    { rules, ...change(0, 0) },
    change(10, 50_000),
    change(20, 90_000),
    change(-10, -1),
  ]);
  expect([first, again]).toEqual([[], []]);
  expect(up).toEqual([{ kind: 'change', amount: usd(10), share: 50_000 }]);
  expect(down).toEqual([{ kind: 'change', amount: usd(-10), share: -1 }]);
  expect(
    kinds([{ rules, ...change(0, null) }, change(9.999999, null), {}, change(1, 49_999)]).flat(),
  ).toEqual([]);
  expect(
    kinds([{ rules, ...change(0, 0) }, change(11, 0), { ...change(11, 0), midnight: MIDNIGHT + DAY }]),
  ).toEqual([[], ['change'], ['change']]);
});

const fill = (id: string, title: string, partly = false): NewTrade => ({
  id,
  kind: 'fill',
  title,
  amount: usd(2),
  partly,
});
const payout = (id: string, title: string): NewTrade => ({ ...fill(id, title), kind: 'payout' });

test('fills and payouts of one observation: counted, added, three titles at most', () => {
  const trades = [
    ...['A', 'B', 'A', 'C', 'D'].map((title, index) => fill(`${index}`, title)),
    payout('p', 'P'),
  ];
  const both = { fill: true, payout: true };
  const [, events] = story([{ rules: both }, { trades }]);
  expect(events?.toSorted((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([
    { kind: 'fill', count: 5, amount: usd(10), partly: false, titles: ['A', 'B', 'C'] },
    { kind: 'payout', count: 1, amount: usd(2), titles: ['P'] },
  ]);
  expect(
    story([{ rules: { fill: true } }, { trades: [fill('x', 'X', true), payout('p', 'P')] }])[1],
  ).toMatchObject([{ kind: 'fill', count: 1, partly: true }]);
  expect(kinds([{ rules: { payout: true } }, { trades }])[1]).toEqual(['payout']);
  expect(kinds([{ rules: both }, { trades }, { trades }, { trades: [...trades, fill('n', 'N')] }])).toEqual([
    [],
    expect.arrayContaining(['fill', 'payout']),
    [],
    ['fill'],
  ]);
});

/** @param move of the price since yesterday, from 50¢, dollars */
function market(ticker: string, move: number | null, closesAt: number | null = null): HeldMarket {
  const texts = { event: `E-${ticker}`, title: `Market ${ticker}`, answer: 'Wet', side: 'no' as const };
  const to = move === null ? null : usd(0.5 + move);
  return { ticker, ...texts, closesAt, from: usd(0.5), to };
}
const moved = (ticker: string, move: number) => ({
  event: `E-${ticker}`,
  title: `Market ${ticker}`,
  answer: 'Wet',
  side: 'no',
  from: usd(0.5),
  to: usd(0.5 + move),
});

test('markets that moved: the largest first, each once a day, at exactly the limit', () => {
  const rules = { marketMove: usd(0.05) };
  const held = [market('A', 0.049999), market('B', -0.05), market('C', 0.09), market('D', null)];
  const [, first, again, nextDay] = story([
    { rules, held: [] },
    { held },
    { held },
    { held, midnight: MIDNIGHT + DAY },
  ]);
  const event = { kind: 'move', count: 2, moves: [moved('C', 0.09), moved('B', -0.05)] };
  expect([first, again, nextDay]).toEqual([[event], [], [event]]);
});

test('a market without a price of yesterday has no move', () => {
  const held = [{ ...market('A', 0.2), from: null }];
  expect(kinds([{ rules: { marketMove: usd(0.05) }, held: [] }, { held }]).flat()).toEqual([]);
});

test('markets that close: the next first, each once for a closing time, within the limit', () => {
  const rules = { closesWithin: 30 };
  const at = (minutes: number) => MIDNIGHT + MINUTE + minutes * MINUTE;
  const held = [
    market('A', null, at(30)),
    market('B', null, at(10)),
    market('C', null, at(31)),
    market('D', null, at(0)),
  ];
  const [, first, again] = story([{ rules, held: [] }, { held }, { held: held.slice(0, 2) }]);
  expect(first).toEqual([{ kind: 'closing', titles: ['Market B', 'Market A'], at: at(10), event: 'E-B' }]);
  expect(again).toEqual([]);
});

test('three hundred markets: each announced once, whatever their number and their order', () => {
  const held = Array.from({ length: 300 }, (_, index) => market(`M${index}`, 0.2, MIDNIGHT + 30 * MINUTE));
  const rules = { closesWithin: 60, marketMove: usd(0.1) };
  const steps = [{ held }, { held: held.toReversed() }, { held: held.slice(150) }, { held }];
  expect(kinds([{ rules, held: [] }, ...steps])).toEqual([[], ['closing', 'move'], [], [], []]);
});

test('a market that is watched has limits of its own', () => {
  const held = [market('A', 0.1), market('B', 0.1)];
  expect(story([{ rules: { watched: ['A'] }, held: [] }, { held }])[1]).toMatchObject([
    { count: 1, moves: [{ title: 'Market A' }] },
  ]);
  expect(kinds([{ rules: { watched: ['A'], marketMove: usd(0.5) }, held: [] }, { held }])[1]).toEqual([
    'move',
  ]);
  const closing = [market('A', null, MIDNIGHT + 61 * MINUTE), market('B', null, MIDNIGHT + 61 * MINUTE)];
  expect(story([{ rules: { watched: ['A'] }, held: [] }, { held: closing }])[1]).toMatchObject([
    { kind: 'closing', titles: ['Market A'] },
  ]);
});

test('watching a market swallows no alert of another one, and none of the rule for all', () => {
  const held = [market('A', 0.12), market('B', 0.12)];
  const [, both, again] = story([
    { rules: { watched: ['A'] }, held: [] },
    { rules: { watched: ['A', 'B'] }, held },
    { rules: { watched: ['A', 'B', 'C'] }, held },
  ]);
  expect(both).toMatchObject([{ count: 1, moves: [{ title: 'Market A' }] }]);
  expect(again).toEqual([]);
  const rules = { marketMove: usd(0.2) };
  const later = { rules: { ...rules, watched: ['A'] }, held: [market('A', 0.25)] };
  expect(kinds([{ rules, held }, { ...later, held }, later])).toEqual([[], [], ['move']]);
});

test('a market that is watched again is noted anew', () => {
  const held = [market('A', 0.12)];
  const rules = { watched: ['A'] };
  expect(
    kinds([
      { rules, held: [] },
      { rules: {}, held: [] },
      { rules, held },
    ]).flat(),
  ).toEqual([]);
});

test('the key: more power, refused, about to expire', () => {
  const rules = { key: true };
  expect(
    kinds([{ rules, wider: false }, { wider: true }, { wider: true }, { wider: false }, { wider: true }]),
  ).toEqual([[], ['key-scopes'], [], [], ['key-scopes']]);
  const [ok, refused, offline] = (['ok', 'key-unknown', 'offline'] as const).map((kind) => ({
    outcome: { kind },
  }));
  expect(
    kinds([{ rules, ...ok }, { ...refused }, { ...offline }, { ...refused }, { ...ok }, { ...refused }]),
  ).toEqual([[], ['key-refused'], [], [], [], ['key-refused']]);
  const expiresAt = MIDNIGHT + MINUTE + 7 * DAY;
  const later = { expiresAt: expiresAt + 1 };
  expect(story([{ rules, ...later }, { expiresAt }])[1]).toEqual([]); // another time is a new rule
  expect(kinds([{ rules, expiresAt }, { expiresAt }, { expiresAt }])).toEqual([[], ['key-expires'], []]);
  expect(kinds([{ rules, expiresAt: MIDNIGHT + MINUTE }, { expiresAt: MIDNIGHT + MINUTE }]).flat()).toEqual(
    [],
  );
});

test('silence: longer than the limit, after a failure, once until it is over', () => {
  const rules = { silentFor: 30 };
  const lastGood = MIDNIGHT - 29 * MINUTE;
  const failed = { outcome: { kind: 'offline' as const }, lastGood };
  const good = { outcome: { kind: 'ok' as const }, lastGood };
  const steps = [{ rules, ...good }, failed, failed, failed, good, failed];
  expect(story(steps)).toEqual([
    [],
    [],
    [{ kind: 'silent', since: lastGood }],
    [],
    [],
    [{ kind: 'silent', since: lastGood }],
  ]);
  expect(
    kinds([{ rules, ...good }, good, good, { lastGood }, { outcome: failed.outcome, lastGood: null }]).flat(),
  ).toEqual([]);
});
