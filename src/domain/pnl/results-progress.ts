// How far the results of an account were read: which list, which page, and what follows from what was read so far.

import * as v from 'valibot';
import { type Transfer, transferSchema } from '../balance/transfers.ts';
import { DAY_MS } from '../durations.ts';
import { microsSchema } from '../money.ts';
import { RESULTS_COMPUTATION } from './market-result.ts';
import { type ResultPeriod, resultPeriodSchema } from './result-periods.ts';

/**
 * The steps, in their order. After the first reading, each one reads only what is new, and those for what is archived are left
 * out: `historical` (fills), `archived-books`, `endings` (how markets ended whose settlements are archived) and
 * `archived-markets` (the results of those). Kalshi's `books` are read once a week.
 */
export const STEPS = [
  'fills',
  'historical',
  'settlements',
  'books',
  'archived-books',
  'transfers',
  'markets',
  'endings',
  'archived-markets',
  'names',
  'done',
] as const;
export type Step = (typeof STEPS)[number];

const newTradeRowSchema = v.object({
  id: v.string(),
  kind: v.picklist(['fill', 'payout']),
  ticker: v.string(),
  /** What a fill cost, or what was paid out, micro-dollars. */
  amount: microsSchema,
});
export type NewTradeRow = v.InferOutput<typeof newTradeRowSchema>;

/** How many results of settled markets are the same in Kalshi's books, to the cent, and how many are not. */
export const booksAgreementSchema = v.object({ same: v.number(), different: v.number() });

export const resultsProgressSchema = v.object({
  step: v.picklist(STEPS),
  /** Of the next page of the current list; empty for its first page. */
  cursor: v.string(),
  /** Whether everything was read once. */
  complete: v.boolean(),
  /** The version of the computation (`RESULTS_COMPUTATION`) of `periods` and of the stored results of markets. */
  computation: v.number(),
  /** From when rows are requested, unix milliseconds; 0 for all. */
  from: v.number(),
  /** When the latest fill and settlement happened that were read, and the oldest fill; unix milliseconds, 0 for none. */
  latest: v.number(),
  oldest: v.number(),
  /** How many rows were read in the first reading, and how many could not be decoded. */
  read: v.number(),
  unreadable: v.number(),
  /** Before when fills could not be read, unix milliseconds; null if all could. */
  missingBefore: v.nullable(v.number()),
  /** Before when markets were traded of which no list says how they ended, unix milliseconds; null if there are none. */
  unendedBefore: v.nullable(v.number()),
  /** Whether it is to be read how markets ended whose settlements are archived: at first, and after a long time without reading. */
  endingsDue: v.boolean(),
  /** When Kalshi's books were last read, unix milliseconds; 0 for never. */
  booksAt: v.number(),
  books: booksAgreementSchema,
  /** Every transfer; null if the key may not read them. */
  transfers: v.nullable(v.array(transferSchema)),
  /** The results by period, as of the last time that they were computed (`storedPeriodStart`); empty before the first time. */
  periods: v.array(resultPeriodSchema),
  /** New fills and payouts that no alert was decided on yet, since everything was read once. */
  newTrades: v.fallback(v.array(newTradeRowSchema), []),
});
export interface ResultsProgress {
  step: Step;
  cursor: string;
  complete: boolean;
  computation: number;
  from: number;
  latest: number;
  oldest: number;
  read: number;
  unreadable: number;
  missingBefore: number | null;
  unendedBefore: number | null;
  endingsDue: boolean;
  booksAt: number;
  books: v.InferOutput<typeof booksAgreementSchema>;
  transfers: Transfer[] | null;
  periods: ResultPeriod[];
  newTrades: NewTradeRow[];
}

/** Of an account whose results were never read. */
export const EMPTY_RESULTS: ResultsProgress = {
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
};

/** Kalshi moves fills to the historical list when they are about three months old. Milliseconds. */
const HISTORICAL = 30 * DAY_MS;

/** Whether the historical fills are read too: at first, or after a long time without reading. @param now unix milliseconds */
export function needsHistorical({ from }: ResultsProgress, now: number): boolean {
  return from < now - HISTORICAL;
}

/** How often the books are read: the list has no filter for what is new. Milliseconds. */
const BOOKS_PERIOD = 7 * DAY_MS;

/** Whether Kalshi's books are read. @param now unix milliseconds */
export function areBooksDue({ booksAt }: ResultsProgress, now: number): boolean {
  return Math.abs(now - booksAt) >= BOOKS_PERIOD;
}

/** New rows may be listed late: what is read again of each list. Milliseconds. */
const OVERLAP = DAY_MS;

/** The progress at the beginning of another reading. */
export function startReading(before: ResultsProgress): ResultsProgress {
  if (!before.complete) return EMPTY_RESULTS;
  return { ...before, step: 'fills', cursor: '', from: Math.max(0, before.latest - OVERLAP) };
}
