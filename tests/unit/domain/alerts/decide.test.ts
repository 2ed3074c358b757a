// When each rule speaks, by tables: a story of observations, and what is said at each.

import { describe, expect, test } from 'vitest';
import { type Alerts, NO_ALERTS, undelivered, unseen } from '../../../../src/domain/alerts/alert.ts';
import { decideAlerts } from '../../../../src/domain/alerts/decide.ts';
import type { NewTrade, Observed } from '../../../../src/domain/alerts/observed.ts';
import { type AlertRules, NO_RULES } from '../../../../src/domain/alerts/rules.ts';
import { isSummaryDue, summaryDay } from '../../../../src/domain/alerts/summary.ts';
import type { Micros } from '../../../../src/domain/money.ts';
import type { Share } from '../../../../src/domain/share.ts';
import { as } from '../../../fakes/plain.ts';

const MIDNIGHT = Date.UTC(2026, 8, 10);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const usd = (dollars: number) => (dollars * 1_000_000) as Micros;

/** The kinds that are said at each observation; each is a minute later, unless it says when. */
function story(rules: Partial<AlertRules>, observations: readonly Partial<Observed>[]): string[][] {
  let alerts: Alerts = { ...NO_ALERTS, rules: { ...NO_RULES, ...rules } };
  return observations.map((observed, minute) => {
    const before = alerts.nextId;
    alerts = decideAlerts(alerts, { now: MIDNIGHT + minute * MINUTE, midnight: MIDNIGHT, ...observed });
    return alerts.recent.filter(({ id }) => id >= before).map(({ event }) => event.kind);
  });
}
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
    held: [{ ticker: 'T', title: 'T', move: as<Share>(900_000), closesAt: MIDNIGHT + MINUTE }],
    trades: [{ id: 'f', kind: 'fill', title: 'T', amount: usd(1), partly: false }],
  };
  expect(story({}, [everything, everything])).toEqual([[], []]);
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
    expect(story(rule, totals(...values))).toEqual(said('threshold', ...at)(values.length));
  });

  test('an observation without the figure, as after a failed poll, decides nothing', () => {
    const observations = [...totals(90), { outcome: { kind: 'offline' } as const }, ...totals(110)];
    expect(story({ totalAbove: usd(100) }, observations)).toEqual([[], [], ['threshold']]);
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

test("today's change: once a day each way, by amount or by share", () => {
  const change = (dollars: number, share = dollars * 1000, day = 0): Partial<Observed> => ({
    change: { amount: usd(dollars), share: as<Share>(share) },
    midnight: MIDNIGHT + day * DAY,
  });
  const rule = { changeAmount: usd(10) };
  expect(story(rule, [change(0), change(12), change(8), change(15), change(-11), change(-20)])).toEqual(
    said('change', 1, 4)(6),
  );
  expect(story(rule, [change(0), change(12), change(12, 0, 1)])).toEqual(said('change', 1, 2)(3));
  expect(
    story({ changeShare: 50_000 as Share }, [change(1, 0), change(1, 49_999), change(1, -50_000)]),
  ).toEqual(said('change', 2)(3));
  // One alert where both rules speak.
  const both = { ...rule, changeShare: 10 as Share };
  expect(story(both, [change(0, 0), change(12, 100)])).toEqual(said('change', 1)(2));
  expect(story(rule, [change(12), change(13)])).toEqual([[], []]); // nothing old
});

test('twenty fills at once are one alert; the same rows observed again say nothing', () => {
  const fill = (id: number): NewTrade => ({
    id: `f${id}`,
    kind: 'fill',
    title: `Market ${id % 5}`,
    amount: usd(1),
    partly: id === 3,
  });
  const burst = Array.from({ length: 20 }, (_, id) => fill(id));
  const paid: NewTrade = { id: 'p', kind: 'payout', title: 'Rain', amount: usd(40), partly: false };
  const rules = { fill: true, payout: true };
  expect(
    story(rules, [{ trades: burst }, { trades: burst }, { trades: [...burst, fill(20), paid] }]),
  ).toEqual([['fill'], [], ['payout', 'fill']]);
  const alerts = decideAlerts(
    { ...NO_ALERTS, rules: { ...NO_RULES, fill: true } },
    { now: MIDNIGHT, midnight: MIDNIGHT, trades: [...burst, paid] },
  );
  expect(alerts.recent[0]?.event).toEqual({
    kind: 'fill',
    count: 20,
    amount: usd(20),
    partly: true,
    titles: ['Market 0', 'Market 1', 'Market 2'],
  });
});

test('markets: a move once a day, a closing once, watched ones by themselves', () => {
  const held = (move: number | null, closesIn: number | null, day = 0): Partial<Observed> => ({
    midnight: MIDNIGHT + day * DAY,
    now: MIDNIGHT + day * DAY,
    held: [
      {
        ticker: 'T',
        title: 'Rain',
        move: move === null ? null : as<Share>(move),
        closesAt: closesIn === null ? null : MIDNIGHT + day * DAY + closesIn * MINUTE,
      },
    ],
  });
  const byMove = { marketMove: 200_000 as Share };
  expect(
    story(byMove, [held(0, null), held(200_000, null), held(-300_000, null), held(250_000, null, 1)]),
  ).toEqual(said('move', 1, 3)(4));
  expect(story(byMove, [held(300_000, null), held(310_000, null)])).toEqual([[], []]); // nothing old
  const closesAt = MIDNIGHT + 90 * MINUTE;
  const closing = (minute: number): Partial<Observed> => ({
    now: MIDNIGHT + minute * MINUTE,
    held: [{ ticker: 'T', title: 'Rain', move: null, closesAt }],
  });
  expect(
    story({ closesWithin: 60 }, [closing(0), closing(29), closing(30), closing(60), closing(91)]),
  ).toEqual(said('closing', 2)(5));
  const watched = { watched: ['T'] };
  expect(story(watched, [held(0, null), held(100_000, null)])).toEqual(said('move', 1)(2));
  expect(story({ watched: ['OTHER'] }, [held(0, null), held(900_000, null)])).toEqual([[], []]);
  expect(story(watched, [closing(0), closing(31)])).toEqual(said('closing', 1)(2));
});

test('the key: gained power, refused, about to expire; each once', () => {
  const rule = { key: true };
  const ok = { kind: 'ok' } as const;
  expect(
    story(rule, [{ wider: false }, { wider: true }, { wider: true }, { wider: false }, { wider: true }]),
  ).toEqual(said('key-power', 1, 4)(5));
  const refused = { kind: 'key-unknown' } as const;
  expect(
    story(rule, [
      { outcome: ok },
      { outcome: { kind: 'offline' } },
      { outcome: refused },
      { outcome: refused },
    ]),
  ).toEqual(said('key-refused', 2)(4));
  const expiresAt = MIDNIGHT + 8 * DAY;
  const at = (day: number) => ({ now: MIDNIGHT + day * DAY, expiresAt });
  expect(story(rule, [at(0), at(1), at(2), at(7)])).toEqual(said('key-expires', 1)(4));
});

test('no update: once, and again after one', () => {
  const failed = (minutes: number): Partial<Observed> => ({
    now: MIDNIGHT + minutes * MINUTE,
    outcome: { kind: 'offline' },
    lastGood: MIDNIGHT,
  });
  const good = (minutes: number): Partial<Observed> => ({
    now: MIDNIGHT + minutes * MINUTE,
    outcome: { kind: 'ok' },
    lastGood: MIDNIGHT + minutes * MINUTE,
  });
  const again = { ...failed(100), lastGood: MIDNIGHT + 40 * MINUTE };
  expect(story({ silentFor: 30 }, [good(0), failed(30), failed(31), failed(35), good(40), again])).toEqual(
    said('silent', 2, 5)(6),
  );
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

test('the last ten are kept; new ones count until they are seen', () => {
  let alerts: Alerts = { ...NO_ALERTS, rules: { ...NO_RULES, fill: true } };
  for (let id = 0; id < 12; id++) {
    const trades: NewTrade[] = [{ id: `${id}`, kind: 'fill', title: 'T', amount: usd(1), partly: false }];
    alerts = decideAlerts(alerts, { now: MIDNIGHT + id, midnight: MIDNIGHT, trades });
  }
  expect(alerts.recent.map(({ id }) => id)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
  expect(unseen({ ...alerts, seen: 10 })).toBe(2);
  expect(undelivered({ ...alerts, notified: 10 }).map(({ id }) => id)).toEqual([11, 12]);
});
