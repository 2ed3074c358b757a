// The sums of the holdings of several accounts, and settled markets.
import { expect, test } from 'vitest';
import { latestSettlements, netOf, type SettledMarket } from '../../../../src/domain/holdings/settlement.ts';
import {
  combineHoldingsSummaries,
  countAndSum,
  type HoldingsSummary,
  NO_HOLDINGS,
} from '../../../../src/domain/holdings/summary.ts';
import type { Micros } from '../../../../src/domain/money.ts';

const of = (...amounts: number[]) => amounts as Micros[];
const counted = (count: number, amount: number) => ({ count, amount: amount as Micros });

test('amounts are counted and added; one that would make the sum inexact is left out', () => {
  expect(countAndSum([])).toEqual(counted(0, 0));
  expect(countAndSum(of(1, 2, -4))).toEqual(counted(3, -1));
  expect(countAndSum(of(Number.MAX_SAFE_INTEGER, 5, -1))).toEqual(counted(3, Number.MAX_SAFE_INTEGER - 1));
});

test('several accounts: as old as the oldest, readable if one is', () => {
  const a: HoldingsSummary = {
    at: 7,
    readAt: 5,
    pricesAt: 6,
    readable: false,
    pending: counted(1, 10),
    orders: counted(2, 20),
    settling: [
      { day: 100, count: 1 },
      { day: 200, count: 2 },
    ],
  };
  const b: HoldingsSummary = {
    ...a,
    at: 3,
    readAt: null,
    readable: true,
    pending: counted(3, 30),
    orders: counted(4, 40),
    settling: [{ day: 200, count: 5 }],
  };
  expect(combineHoldingsSummaries([a, null, b])).toEqual({
    at: 3,
    readAt: 5,
    pricesAt: 6,
    readable: true,
    pending: counted(4, 40),
    orders: counted(6, 60),
    settling: [
      { day: 100, count: 1 },
      { day: 200, count: 7 },
    ],
  });
  expect(combineHoldingsSummaries([a])).toEqual(a);
  expect(combineHoldingsSummaries([null])).toBeNull();
  expect(combineHoldingsSummaries([])).toBeNull();
  expect(NO_HOLDINGS).toEqual({
    at: 0,
    readAt: null,
    pricesAt: null,
    readable: true,
    pending: counted(0, 0),
    orders: counted(0, 0),
    settling: [],
  });
});

const settled = (more: Partial<Record<keyof SettledMarket, unknown>> = {}) =>
  ({
    ticker: 'T',
    result: 'yes',
    yesCount: 10_000_000,
    yesCost: 4_000_000,
    noCount: 0,
    noCost: 0,
    revenue: 10_000_000,
    fees: 70_000,
    at: 1,
    ...more,
  }) as SettledMarket;

test.each([
  [{}, 5_930_000], // 10 − 4 − 0.07
  [{ noCount: 4_000_000, noCost: 3_000_000 }, 6_930_000], // four pairs were paid 4 dollars
  [{ yesCount: 4_000_000, noCount: 10_000_000 }, 9_930_000],
  [{ revenue: 0 }, -4_070_000],
  [{ yesCount: Number.MAX_SAFE_INTEGER, noCount: Number.MAX_SAFE_INTEGER }, undefined],
  [{ revenue: -Number.MAX_SAFE_INTEGER }, undefined],
])('the net result of %j is %s', (more, net) => {
  expect(netOf(settled(more))).toBe(net);
});

test('the latest settlements first, with the words of their result', () => {
  const market = { title: 'Rain', yes: 'above', no: 'below' } as never;
  const rows = [
    settled({ at: 1, ticker: 'A' }),
    settled({ at: 3, ticker: 'B', result: 'no' }),
    settled({ at: 2, ticker: 'C', result: 'scalar' }),
    settled({ at: 9, ticker: 'D', revenue: -Number.MAX_SAFE_INTEGER }),
  ];
  const shown = latestSettlements(rows, { A: market, B: market, C: market }, 4);
  expect(shown.map(({ ticker, title, answer, result }) => [ticker, title, answer, result])).toEqual([
    ['B', 'Rain', 'below', 'no'],
    ['C', 'Rain', 'above', null],
    ['A', 'Rain', 'above', 'yes'],
  ]);
  expect(latestSettlements(rows, {}, 2)).toMatchObject([{ ticker: 'B', title: 'B', answer: '' }]);
});
