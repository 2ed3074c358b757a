// Results in words: how far the reading is, and what is missing.
import { expect, test } from 'vitest';
import { EMPTY_RESULTS, type ResultsProgress } from '../../../../src/domain/pnl/results-progress.ts';
import { readingText, resultGaps } from '../../../../src/view/texts/results-text.ts';
import { english } from '../../../fakes/english.ts';

const progress = (more: Partial<ResultsProgress>): ResultsProgress => ({ ...EMPTY_RESULTS, ...more });
const noon = (month: number) => new Date(2026, month, 5, 12).getTime();
const complete = progress({ complete: true, read: 7, oldest: noon(0) });

test('nothing while everything is read', () => {
  expect(readingText([], english)).toBeUndefined();
  expect(readingText([complete, complete], english)).toBeUndefined();
});

test('the rows of all accounts, back to the oldest', () => {
  const reading = progress({ read: 12_345, oldest: noon(3) });
  expect(readingText([reading], english)).toBe(
    'Reading your trades: 12,345 rows so far, back to Apr 5, 2026. This takes several updates.',
  );
  expect(readingText([reading, complete], english)).toContain('12,352 rows so far, back to Jan 5, 2026');
  expect(readingText([progress({ read: 0, oldest: 0 }), reading], english)).toContain('back to Apr 5, 2026');
});

test('before the first row', () => {
  expect(readingText([progress({})], english)).toBe('Your trades are read with the next updates.');
});

test('markets of which no list says how they ended, with the latest of the times', () => {
  const unended = [progress({ unendedBefore: noon(1) }), progress({ unendedBefore: noon(2) }), complete];
  expect(resultGaps(unended, english)).toEqual([
    'Kalshi no longer lists how some markets traded before Mar 5, 2026 ended. Their results are missing.',
  ]);
});

test('what is missing: since the latest of the times, and the rows of all accounts', () => {
  expect(resultGaps([], english)).toEqual([]);
  expect(resultGaps([complete], english)).toEqual([]);
  const [a, b] = [
    progress({ missingBefore: noon(1), unreadable: 2 }),
    progress({ missingBefore: noon(2), unreadable: 3 }),
  ];
  expect(resultGaps([a, complete, b], english)).toEqual([
    'Trades before Mar 5, 2026 could not be read: results of markets from that time come from their settlements alone.',
    "Rows that couldn't be read: 5. If this continues, update the extension.",
  ]);
  expect(resultGaps([progress({ unreadable: 1 })], english)).toEqual([
    "Rows that couldn't be read: 1. If this continues, update the extension.",
  ]);
});
