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
  resultsStatusSchema,
} from '../../../../src/domain/pnl/results-status.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const cash = 7 as Micros;
const moved = 8 as Micros;
const status = (more: Partial<ResultsStatus> = {}): ResultsStatus => ({
  at: NOW,
  cash,
  due: false,
  recheckAt: null,
  readable: true,
  computation: RESULTS_COMPUTATION,
  ...more,
});

test.each<[what: string, ResultsStatus | null, now: Micros, due: boolean]>([
  ['never read', null, cash, true],
  ['nothing moved', status(), cash, false],
  ['the cash moved', status(), moved, true],
  ['the cash was not known', status({ cash: null }), cash, true],
  ['there is more', status({ due: true }), cash, true],
  ['the recheck is later', status({ recheckAt: NOW + 1 }), cash, false],
  ['the recheck is now', status({ recheckAt: NOW }), cash, true],
  ['denied just now', status({ readable: false, due: true }), moved, false],
  ['denied a day ago', status({ readable: false, at: NOW - DAY }), cash, true],
  ['denied less than a day ago', status({ readable: false, at: NOW - DAY + 1 }), cash, false],
  ['denied, by a clock a day ahead', status({ readable: false, at: NOW + DAY }), cash, true],
])('%s: %#', (_, before, now, due) => {
  expect(areResultsDue(before, now, NOW)).toBe(due);
});

test('a status of another computation counts as none', () => {
  expect(v.is(resultsStatusSchema, status())).toBe(true);
  expect(v.is(resultsStatusSchema, { ...status(), computation: RESULTS_COMPUTATION - 1 })).toBe(false);
});

describe('the status after reading', () => {
  test('everything: once more in five minutes, because lists may be late', () => {
    const done = { at: NOW, cash: moved, due: false, recheckAt: NOW + 5 * MINUTE };
    expect(resultsStatusAfter(null, 'done', moved, NOW)).toEqual(status(done));
    expect(resultsStatusAfter(status(), 'done', moved, NOW)).toEqual(status(done));
    expect(resultsStatusAfter(status({ due: true, cash: moved }), 'done', moved, NOW)).toEqual(status(done));
  });

  test('after that recheck, nothing more is planned', () => {
    expect(resultsStatusAfter(status({ recheckAt: NOW }), 'done', cash, NOW).recheckAt).toBeNull();
  });

  test('more: the cash of the last complete reading stays', () => {
    const more = { due: true };
    expect(resultsStatusAfter(status(), 'more', moved, NOW)).toEqual(status({ ...more, cash }));
    expect(resultsStatusAfter(null, 'more', moved, NOW)).toEqual(status({ ...more, cash: null }));
  });

  test('denied', () => {
    const denied = status({ cash: moved, readable: false });
    expect(resultsStatusAfter(status(), 'denied', moved, NOW)).toEqual(denied);
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
    transfers: [],
    days: [],
    news: [],
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
