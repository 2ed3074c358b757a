// The balance over a range: where it starts, and how it changed up to each point.
import { describe, expect, test } from 'vitest';
import { changeBetween, type Day } from '../../../src/domain/balance/daily-change.ts';
import type { Sample } from '../../../src/domain/balance/history.ts';
import type { Transfer } from '../../../src/domain/balance/transfers.ts';
import type { Micros } from '../../../src/domain/money.ts';
import { daySeries, rangeSeries, stepOf, tierFor } from '../../../src/view/balance-series.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 10);

const sample = (at: number, cash: number, gap = false): Sample => ({
  at,
  cash: cash as Micros,
  positions: 0 as Micros,
  gap,
});
const deposit = (at: number, amount: number): Transfer => ({
  id: String(at),
  kind: 'deposit',
  status: 'applied',
  amount: amount as Micros,
  requestedAt: at,
  finishedAt: at,
  appliedAt: null,
  neverApplied: false,
});
const seriesOfOne = (samples: readonly Sample[], transfers: readonly Transfer[] | null = []) =>
  rangeSeries('1W', [{ samples, transfers }], START, HOUR, () => 0);

describe('a range', () => {
  test('starts with the last sample before it', () => {
    const samples = [sample(START - 2 * HOUR, 5), sample(START - 1, 10), sample(START + HOUR, 30)];
    const series = seriesOfOne(samples);
    expect(series.points.map(({ total }) => total)).toEqual([10, 30]);
    expect(series.start).toBe(0);
    expect(series.changeTo(1)).toMatchObject({ amount: 20, from: 10, since: [START - 1] });
  });

  test('with a gap there, starts with the first sample in it', () => {
    const series = seriesOfOne([sample(START - HOUR, 5), sample(START + HOUR, 30, true)]);
    expect(series.points.map(({ total }) => total)).toEqual([30]);
    expect(series.changeTo(0)).toMatchObject({ amount: 0 });
  });

  test('without samples: nothing', () => {
    expect(seriesOfOne([])).toMatchObject({ points: [], start: -1 });
    expect(seriesOfOne([]).changeTo(0)).toBeNull();
  });

  test('deposits count from their time on: a point before them is not reduced by them', () => {
    const samples = [sample(START, 100), sample(START + HOUR, 110), sample(START + 3 * HOUR, 170)];
    const series = seriesOfOne(samples, [deposit(START + 2 * HOUR, 50)]);
    expect(series.changeTo(1)).toMatchObject({ amount: 10, paid: 0, transfers: 'excluded' });
    expect(series.changeTo(2)).toMatchObject({ amount: 20, paid: 50, from: 150 });
  });

  test('deposits that cannot be read are included; those that were not read yet leave the change unconfirmed', () => {
    const samples = [sample(START, 100), sample(START + HOUR, 110)];
    expect(seriesOfOne(samples, null).changeTo(1)).toMatchObject({ amount: 10, transfers: 'included' });
    const unread = rangeSeries('1W', [{ samples, transfers: undefined }], START, HOUR, () => 0);
    expect(unread.changeTo(1)).toBe('unconfirmed');
  });

  test('several accounts: from the first point that all of them have', () => {
    const a = {
      samples: [sample(START, 1), sample(START + HOUR, 2), sample(START + 2 * HOUR, 4)],
      transfers: [],
    };
    const b = { samples: [sample(START + HOUR, 100), sample(START + 2 * HOUR, 110)], transfers: [] };
    const series = rangeSeries('1W', [a, b], START, HOUR, () => 0);
    expect(series.points.map(({ total }) => total)).toEqual([102, 114]);
    expect(series.changeTo(1)).toMatchObject({ amount: 12, from: 102 });
  });
});

describe('the last day', () => {
  const points = [sample(START - 5 * HOUR, 50, true), sample(START - MINUTE, 60), sample(START + HOUR, 75)];
  const day = (more: Partial<Day> = {}): Day => ({
    began: START,
    base: points[1] as Sample,
    whole: true,
    points: [...points],
    ...more,
  });

  test('shows 24 hours; changes are counted from midnight', () => {
    const series = daySeries([day()], [[]], START);
    expect(series.points.map(({ total }) => total)).toEqual([50, 60, 75]);
    expect(series.start).toBe(1);
    expect(series.changeTo(2)).toMatchObject({ amount: 15, from: 60 });
    expect(series.changeTo(0)).toBeNull();
  });

  test('a base that is older than all points is the first one', () => {
    const series = daySeries([day({ points: [points[2] as Sample] })], [[]], START);
    expect(series.points.map(({ total }) => total)).toEqual([60, 75]);
    expect(series.start).toBe(0);
  });

  test('of another day, or of one account alone: no start', () => {
    expect(daySeries([day({ began: START - DAY })], [[]], START).start).toBe(-1);
    expect(daySeries([day(), null], [[], []], START)).toMatchObject({ points: [], start: -1 });
    expect(daySeries([day({ began: START - DAY })], [[]], START).changeTo(2)).toBeNull();
  });
});

test('the finest tier with at most as many points as a chart is wide', () => {
  expect(
    [DAY, 7 * DAY, 31 * DAY, 366 * DAY, 9_000 * DAY].map((span) => stepOf(tierFor(0, span)) / MINUTE),
  ).toEqual([5, 60, 60, 1_440, 1_440]);
});

test('perps count only where both balances contain them', () => {
  const [without, within] = [sample(START, 10), { ...sample(START + HOUR, 12), perps: 100 as Micros }];
  expect(changeBetween(without, within, [])).toMatchObject({ amount: 2 });
  expect(changeBetween({ ...without, perps: 90 as Micros }, within, [])).toMatchObject({ amount: 12 });
});
