// The rows of the results table.

import { expect, test } from 'vitest';
import type { ResultPart } from '../../../src/domain/pnl/market-result.ts';
import { resultRows, shownRows, sumOfRows } from '../../../src/view/results-rows.ts';
import type { Plain } from '../../fakes/plain.ts';
import { AT, resultRow as row } from '../../fakes/result-row.ts';

const BY_NAME = { column: 'name', descending: false } as const;

test('a row has the names of its market, and the ticker while they are unknown', () => {
  const parts: Plain<ResultPart>[] = [
    { at: AT, sold: 1, settled: 0, cost: 5, proceeds: 9, fees: 1, basis: -5 },
    { at: AT + 1_000_000, sold: 0, settled: 0, cost: 0, proceeds: 0, fees: 0, basis: 7 },
  ];
  const withParts = parts as ResultPart[];
  const market = {
    ticker: 'T-1',
    side: 'no',
    outcome: null,
    partial: false,
    booked: null,
    parts: withParts,
    names: null,
  } as const;
  const names = { event: 'T', title: 'Rain', yes: 'above 1', no: 'below 1' };
  const named = resultRows('a', [{ ...market, names }], 0);
  expect(named).toMatchObject([{ name: 'Rain · below 1', event: 'T', result: 3, at: AT }]);
  expect(resultRows('a', [{ ...market, side: 'yes', names }], 0)).toMatchObject([{ name: 'Rain · above 1' }]);
  expect(resultRows('a', [{ ...market, side: 'yes' }], 0)).toMatchObject([{ name: 'T-1' }]);
  expect(resultRows('a', [market], 0)).toMatchObject([{ name: 'T-1', event: 'T-1' }]);
  expect(resultRows('a', [{ ...market, names }], AT + 1)).toEqual([]); // only opened since
});

test("a market whose result differs from Kalshi's books by more than a cent has both figures", () => {
  const parts = [{ at: AT, sold: 1, settled: 0, cost: 500_000, proceeds: 900_000, fees: 20_000, basis: 0 }];
  const differs = (booked: number | null, outcome: string | null = 'yes') => {
    const market = { ticker: 'T', side: 'yes', partial: false, parts, names: null, outcome, booked };
    return resultRows('a', [market as never], 0)[0]?.differs;
  };
  expect(differs(390_000)).toEqual(null); // 0.38 + 0.01
  expect(differs(369_999)).toEqual({ result: 380_000, booked: 369_999 });
  expect(differs(390_001)).toEqual({ result: 380_000, booked: 390_001 });
  expect([differs(null), differs(0, null), differs(0, '')]).toEqual([null, null, null]);
});

test('filtered by every word, in name, ticker and event, and by event', () => {
  const rows = [row('RAIN-1'), row('RAIN-2'), row('SNOW-1', { name: 'Snow in Łódź' })];
  const shown = (text: string, event: string | null = null) =>
    shownRows(rows, { text, event }, BY_NAME, 'en').map(({ ticker }) => ticker);
  expect(shown('')).toEqual(['RAIN-1', 'RAIN-2', 'SNOW-1']);
  expect(shown('rain market')).toEqual(['RAIN-1', 'RAIN-2']);
  expect(shown('  rain \t 2 ')).toEqual(['RAIN-2']);
  expect(shown('rain snow')).toEqual([]);
  expect(shown('ŁÓDŹ')).toEqual(['SNOW-1']);
  expect(shown('1', 'RAIN')).toEqual(['RAIN-1']);
});

test('sorted by any column, equal ones by name', () => {
  const rows = [row('B', { result: 5 }), row('A10', { result: 5 }), row('A9', { result: 7 })];
  const order = (descending: boolean) =>
    shownRows(rows, { text: '', event: null }, { column: 'result', descending }, 'en').map(
      ({ ticker }) => ticker,
    );
  expect(order(true)).toEqual(['A9', 'A10', 'B']);
  expect(order(false)).toEqual(['A10', 'B', 'A9']);
});

test('sorted by name: numbers by their value', () => {
  const rows = [row('A10'), row('A9'), row('B1', { result: 1 })];
  const names = (descending: boolean) =>
    shownRows(rows, { text: '', event: null }, { column: 'name', descending }, 'en').map(
      ({ ticker }) => ticker,
    );
  expect(names(false)).toEqual(['A9', 'A10', 'B1']);
  expect(names(true)).toEqual(['B1', 'A10', 'A9']);
});

test('the sum of rows', () => {
  const second = row('B', { cost: 1, proceeds: 2, fees: 3, result: -4 });
  const sum = { cost: 400_001, proceeds: 500_002, fees: 10_003, result: 89_996 };
  expect(sumOfRows([row('A'), second])).toEqual(sum);
  expect(sumOfRows([])).toEqual({ cost: 0, proceeds: 0, fees: 0, result: 0 });
});
