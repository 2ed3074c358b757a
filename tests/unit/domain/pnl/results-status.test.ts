// When results are read again, and where a reading begins.
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { Micros } from '../../../../src/domain/money.ts';
import { RESULTS_COMPUTATION } from '../../../../src/domain/pnl/market-result.ts';
import { EMPTY_RESULTS, needsHistorical, startReading } from '../../../../src/domain/pnl/results-progress.ts';
import {
  areResultsDue,
  type ResultsStatus,
  resultsStatusAfter,
  resultsStatusAfterMove,
  resultsStatusSchema,
} from '../../../../src/domain/pnl/results-status.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const cash = 7 as Micros;
const moved = 8 as Micros;
const books = { same: 3, different: 1 };
const common = { at: NOW, books, computation: RESULTS_COMPUTATION } as const;
const done = (more: { cash?: Micros; recheckAt?: number | null } = {}): ResultsStatus => ({
  ...common,
  kind: 'done',
  cash,
  recheckAt: null,
  ...more,
});
const denied = (at = NOW): ResultsStatus => ({ ...common, kind: 'denied', at });
const reading: ResultsStatus = { ...common, kind: 'reading' };

test.each<[what: string, ResultsStatus | null, now: Micros, due: boolean]>([
  ['never read', null, cash, true],
  ['nothing moved', done(), cash, false],
  ['the cash moved', done(), moved, true],
  ['there is more', reading, cash, true],
  ['the recheck is later', done({ recheckAt: NOW + 1 }), cash, false],
  ['the recheck is now', done({ recheckAt: NOW }), cash, true],
  ['denied just now', denied(), moved, false],
  ['denied a day ago', denied(NOW - DAY), cash, true],
  ['denied less than a day ago', denied(NOW - DAY + 1), cash, false],
  ['denied, by a clock a day ahead', denied(NOW + DAY), cash, true],
])('%s: %#', (_, before, now, due) => {
  expect(areResultsDue(before, now, NOW)).toBe(due);
});

test('a status of another computation counts as none', () => {
  expect(v.is(resultsStatusSchema, done())).toBe(true);
  expect(v.is(resultsStatusSchema, { ...done(), computation: RESULTS_COMPUTATION - 1 })).toBe(false);
});

test('something was traded or settled: there is more to read, unless the key may not', () => {
  expect(resultsStatusAfterMove(done())).toEqual(reading);
  expect(resultsStatusAfterMove(reading)).toBe(reading);
  expect(resultsStatusAfterMove(denied())).toEqual(denied());
});

describe('the status after reading', () => {
  const statusAfter = (before: ResultsStatus | null, kind: ResultsStatus['kind'], now = moved) =>
    resultsStatusAfter(before, { kind, progress: { books } }, now, NOW);

  test('everything: once more in five minutes, because lists may be late', () => {
    const once = done({ cash: moved, recheckAt: NOW + 5 * MINUTE });
    expect(statusAfter(null, 'done')).toEqual(once);
    expect(statusAfter(done(), 'done')).toEqual(once);
    expect(statusAfter(reading, 'done')).toEqual(once);
  });

  test('after that recheck, nothing more is planned', () => {
    expect(statusAfter(done({ recheckAt: NOW }), 'done', cash)).toEqual(done());
  });

  test('more, or denied', () => {
    expect(statusAfter(done(), 'reading')).toEqual(reading);
    expect(statusAfter(null, 'reading')).toEqual(reading);
    expect(statusAfter(done(), 'denied')).toEqual(denied());
  });

  test('what was compared with the books stays known', () => {
    expect(resultsStatusAfter(done(), { kind: 'reading' }, cash, NOW)).toEqual(reading);
    expect(resultsStatusAfter(null, { kind: 'reading' }, cash, NOW).books).toEqual({ same: 0, different: 0 });
  });
});

test('the first reading begins from nothing, another one a day before the latest row', () => {
  const complete = {
    ...EMPTY_RESULTS,
    step: 'done' as const,
    cursor: 'c',
    complete: true,
    latest: NOW,
    read: 9,
  };
  expect(startReading(complete)).toEqual({ ...complete, step: 'fills', cursor: '', from: NOW - DAY });
  expect(startReading({ ...complete, latest: 5 }).from).toBe(0);
  expect(startReading({ ...complete, complete: false })).toBe(EMPTY_RESULTS);
  expect(EMPTY_RESULTS).toEqual({
    step: 'fills',
    cursor: '',
    complete: false,
    computation: RESULTS_COMPUTATION,
    from: 0,
    latest: 0,
    oldest: 0,
    read: 0,
    unreadable: 0,
    missingBefore: null,
    unendedBefore: null,
    endingsDue: true,
    booksAt: 0,
    books: { same: 0, different: 0 },
    transfers: [],
    periods: [],
    newTrades: [],
  });
});

test('historical fills: at first, and after a month without reading', () => {
  const from = (at: number) => needsHistorical({ ...EMPTY_RESULTS, from: at }, NOW);
  expect([from(0), from(NOW - 30 * DAY - 1), from(NOW - 30 * DAY), from(NOW)]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
