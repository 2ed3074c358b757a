// Results by day and by period, and how often a market counts.

import { expect, test } from 'vitest';
import type { MarketResult, ResultPart } from '../../../../src/domain/pnl/market-result.ts';
import {
  addSums,
  basisBefore,
  NO_SUM,
  resultPeriods,
  storedPeriodStart,
  sumSince,
} from '../../../../src/domain/pnl/result-periods.ts';
import { as, type Plain } from '../../../fakes/plain.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A calendar that begins its days at 03:00 UTC. */
const midnightBefore = (at: number) => Math.floor((at - 3 * HOUR) / DAY) * DAY + 3 * HOUR;
const START = midnightBefore(Date.UTC(2026, 8, 10));

const part = (day: number, hour: number, of: Partial<Plain<ResultPart>>): ResultPart =>
  ({
    at: START + day * DAY + hour * HOUR,
    sold: 0,
    settled: 0,
    cost: 0,
    proceeds: 0,
    fees: 0,
    basis: 0,
    ...of,
  }) as ResultPart;
const market = (ticker: string, parts: ResultPart[]): MarketResult => ({
  ticker,
  side: 'yes',
  outcome: null,
  partial: false,
  booked: null,
  parts,
});

const MARKETS = [
  market('A', [
    part(0, 1, { basis: 500 }),
    part(1, 23.9, { sold: 1, cost: 200, proceeds: 260, fees: 10, basis: -200 }),
    part(2, 0, { settled: 1, cost: 300, proceeds: 0, fees: 5, basis: -300 }),
  ]),
  market('B', [
    part(2, 12, { sold: 1, cost: 4, proceeds: 10, fees: 0 }),
    part(2, 13, { sold: 1, cost: 6, proceeds: 20, fees: 1 }),
  ]),
];

test('a result belongs to the day of its sale or settlement', () => {
  const days = resultPeriods(MARKETS, midnightBefore);
  expect(days.map(({ start: day }) => (day - START) / DAY)).toEqual([0, 1, 2]);
  expect(days.map(({ markets, marketsClosedFinally: last }) => [markets, last])).toEqual([
    [0, 0],
    [1, 0],
    [2, 2],
  ]);
  expect(days.map(({ basis }) => basis)).toEqual([500, -200, -300]);
  expect(basisBefore(days, START + 2 * DAY)).toBe(300);
});

test('a market that is closed on several days counts once in a period', () => {
  const days = resultPeriods(MARKETS, midnightBefore);
  expect(sumSince(days, START)).toEqual({ cost: 510, proceeds: 290, fees: 16, markets: 2 });
  expect(sumSince(days, START + 2 * DAY)).toEqual({ cost: 310, proceeds: 30, fees: 6, markets: 2 });
  expect(sumSince(days, START + 3 * DAY)).toEqual({ cost: 0, proceeds: 0, fees: 0, markets: 0 });
});

test('days are in order, whatever the order of the markets; sums of accounts are added', () => {
  const late = market('L', [part(3, 1, { sold: 1, cost: 1 })]);
  const early = market('E', [part(0, 1, { sold: 1, cost: 2 })]);
  expect(
    resultPeriods([late, early, late], midnightBefore).map(({ start: day, cost }) => [
      (day - START) / DAY,
      cost,
    ]),
  ).toEqual([
    [0, 2],
    [3, 2],
  ]);
  expect(resultPeriods([market('open', [part(0, 1, { basis: 5 })])], midnightBefore)).toMatchObject([
    { markets: 0, marketsClosedFinally: 0, basis: 5 },
  ]);
  const sum = { cost: as(1), proceeds: as(2), fees: as(3), markets: 4 };
  expect(addSums([])).toEqual(NO_SUM);
  expect(addSums([sum, { cost: as(10), proceeds: as(20), fees: as(30), markets: 40 }])).toEqual({
    cost: 11,
    proceeds: 22,
    fees: 33,
    markets: 44,
  });
});

test('stored periods: cut at the days of any time zone, none lost, and not too many', () => {
  const now = Date.UTC(2026, 10, 28, 12);
  // Something was sold each quarter of an hour of two years.
  const slots = Array.from({ length: 2 * 365 * 96 }, (_, index) => now - (index + 1) * (HOUR / 4));
  const all = slots.map((at, index) => market(`${index}`, [{ ...part(0, 0, { sold: 1, cost: 1 }), at }]));
  const periods = resultPeriods(all, storedPeriodStart(now));
  expect(periods.length).toBeLessThan(12_000);
  expect(sumSince(periods, Number.NEGATIVE_INFINITY)).toMatchObject({
    cost: slots.length,
    markets: slots.length,
  });
  for (const offset of [-9.5, -8, -5, 0, 5.75, 12.75]) {
    const midnight = Date.UTC(2026, 10, 1) - offset * HOUR;
    expect(sumSince(periods, midnight).markets).toBe(slots.filter((at) => at >= midnight).length);
  }
  const aYearAgo = new Date(2025, 10, 28).getTime();
  expect(sumSince(periods, aYearAgo).markets).toBe(slots.filter((at) => at >= aYearAgo).length);
});
