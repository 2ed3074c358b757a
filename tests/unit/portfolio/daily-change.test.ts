// Today's change: its start, deposits and withdrawals, and the points of the small chart.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addSampleToDay,
  combineChanges,
  type Day,
  dailyChangeOf,
} from '../../../src/portfolio/daily-change.ts';
import type { Micros } from '../../../src/portfolio/money.ts';
import { pathOf, pointsOf, pointsOfDays } from '../../../src/view/chart-series.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MIDNIGHT = Date.UTC(2026, 10, 22);
const money = (dollars: number) => (dollars * 1_000_000) as Micros;
const sample = (at: number, dollars: number, cash = dollars) => ({
  at,
  cash: money(cash),
  positions: money(dollars - cash),
});
/** The day after samples with these times and totals. */
const dayWith = (samples: [at: number, total: number][], midnight = (_: number) => MIDNIGHT) =>
  samples.reduce<Day | null>(
    (day, [at, total]) => addSampleToDay(day, sample(at, total), midnight(at), MINUTE),
    null,
  );
const calendar = (at: number) => Math.floor(at / (24 * HOUR)) * 24 * HOUR;
const change = (day: Day | null, total: number, transfers: Parameters<typeof dailyChangeOf>[2] = []) =>
  dailyChangeOf(day, sample(0, total), transfers, MIDNIGHT);

describe('start of the day', () => {
  test('at midnight, if there was a sample shortly before', () => {
    const day = dayWith(
      [
        [MIDNIGHT - 5 * MINUTE, 100],
        [MIDNIGHT + 5 * MINUTE, 103],
      ],
      calendar,
    );
    expect(change(day, 110)).toEqual({ amount: money(10), since: 'midnight', net: true });
  });

  test('at the first sample after midnight if there is none before, and marked as such', () => {
    const first = MIDNIGHT + 9 * HOUR;
    expect(
      change(
        dayWith([
          [first, 100],
          [first + MINUTE, 120],
        ]),
        110,
      ),
    ).toEqual({
      amount: money(10),
      since: first,
      net: true,
    });
    const slept = dayWith(
      [
        [MIDNIGHT - 8 * HOUR, 90],
        [first, 100],
      ],
      calendar,
    );
    expect(change(slept, 110)).toMatchObject({ amount: money(10), since: first });
  });

  test('a day that started yesterday gives no change', () => {
    const day = dayWith([[MIDNIGHT - HOUR, 100]], calendar);
    expect(change(day, 110)).toBeNull();
    expect(change(null, 110)).toBeNull();
  });

  test('after a flight west, samples count from the midnight of their time zone', () => {
    const samples: [number, number][] = [-40, -20, 0, 20, 40, 60, 80].map((minute) => [
      MIDNIGHT + minute * MINUTE,
      minute,
    ]);
    const moved = dayWith(samples, (at) => (at > MIDNIGHT + HOUR ? MIDNIGHT + HOUR : calendar(at)));
    expect(moved).toMatchObject({ began: MIDNIGHT + HOUR, whole: true, base: { at: MIDNIGHT + HOUR } });
  });
});

describe('deposits and withdrawals', () => {
  const day = dayWith(
    [
      [MIDNIGHT - MINUTE, 100],
      [MIDNIGHT + MINUTE, 100],
    ],
    calendar,
  );
  test.each([
    ['a deposit', 150, [{ at: MIDNIGHT + HOUR, amount: money(50) }], 0],
    ['a withdrawal', 80, [{ at: MIDNIGHT + HOUR, amount: money(-30) }], 10],
    [
      'both',
      130,
      [
        { at: MIDNIGHT + HOUR, amount: money(50) },
        { at: MIDNIGHT + HOUR, amount: money(-30) },
      ],
      10,
    ],
    ['a deposit of yesterday', 110, [{ at: MIDNIGHT - HOUR, amount: money(50) }], 10],
  ])('%s', (_, total, transfers, amount) => {
    expect(change(day, total, transfers)).toMatchObject({ amount: money(amount), net: true });
  });

  test('unreadable transfers are marked', () => {
    expect(change(day, 150, null)).toMatchObject({ amount: money(50), net: false });
  });
});

test('several accounts combined: known and net only if each is', () => {
  const a = { amount: money(1), since: 'midnight', net: true } as const;
  const b = { amount: money(-3), since: MIDNIGHT + HOUR, net: true } as const;
  expect(combineChanges([a, a])).toEqual({ amount: money(2), since: 'midnight', net: true });
  expect(combineChanges([a, b])).toEqual({ amount: money(-2), since: MIDNIGHT + HOUR, net: true });
  expect(combineChanges([a, { ...b, net: false }])).toMatchObject({ net: false });
  expect(combineChanges([a, null])).toBeNull();
});

describe('the points of the last day', () => {
  test('the latest sample of each step, one day at most, in order', () => {
    const samples = Array.from({ length: 3 * 24 * 60 }, (_, minute): [number, number] => [
      MIDNIGHT + minute * MINUTE,
      minute,
    ]);
    const day = dayWith(samples, calendar);
    expect(day?.points.length).toBeGreaterThan(140);
    expect(day?.points.length).toBeLessThanOrEqual(145);
    expect(day?.points.at(-1)).toMatchObject({ at: samples.at(-1)?.[0], cash: money(3 * 24 * 60 - 1) });
    expect(addSampleToDay(day, sample(MIDNIGHT, 5), MIDNIGHT, MINUTE)).toBe(day);
  });

  test('gaps are marked', () => {
    const day = dayWith([0, 10, 20, 80, 90].map((minute) => [MIDNIGHT + minute * MINUTE, minute]));
    expect(day?.points.map(({ gap }) => gap)).toEqual([true, false, false, true, false]);
    expect(pathOf(pointsOfDays([day]), 100, 10)).toBe('M0 10L11.1 8.9L22.2 7.8M88.9 1.1L100 0');
  });

  test('constant size, however many samples came before', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 500 }), (minutes) => {
        let at = MIDNIGHT;
        const samples = minutes.map((minute): [number, number] => {
          at += (minute + 1) * MINUTE;
          return [at, minute];
        });
        const day = dayWith(samples, calendar);
        expect(day?.points.length ?? 0).toBeLessThanOrEqual(145);
      }),
    );
  });
});

describe('the curve', () => {
  const samples = [0, 1, 2].map((hour) => ({ ...sample(hour * HOUR, hour + 1, 1), gap: hour === 0 }));

  test('several accounts combined: a point only where each has one', () => {
    const [, ...late] = samples;
    expect(pointsOf([samples, late], HOUR)).toEqual([
      { at: HOUR, total: money(4), cash: money(2), gap: false },
      { at: 2 * HOUR, total: money(6), cash: money(2), gap: false },
    ]);
    expect(pointsOf([], HOUR)).toEqual([]);
  });

  test('a constant is a line in the middle; one point is no line; an isolated point is a dot', () => {
    const flat = pointsOf([samples.map((each) => ({ ...each, cash: money(1), positions: money(0) }))], HOUR);
    expect(pathOf(flat, 100, 10)).toBe('M0 5L50 5L100 5');
    expect(pathOf(flat.slice(0, 1), 100, 10)).toBe('');
    const alone = flat.map((point, index) => ({ ...point, gap: index !== 2 }));
    expect(pathOf(alone, 100, 10)).toBe('M0 5h0M50 5L100 5');
  });
});
