// How far the results of an account were read: which list, which page, and what follows from what was read so far.

import * as v from 'valibot';
import { type Transfer, transferSchema } from '../balance/transfers.ts';
import { DAY_MS } from '../durations.ts';
import { microsSchema } from '../money.ts';
import { RESULTS_COMPUTATION } from './market-result.ts';
import { type ResultDay, resultDaySchema } from './result-days.ts';

/** The steps, in their order. After the first reading, each one reads only what is new, and `historical` is left out. */
export const STEPS = ['fills', 'historical', 'settlements', 'transfers', 'markets', 'names', 'done'] as const;
export type Step = (typeof STEPS)[number];

const newsSchema = v.object({
  id: v.string(),
  kind: v.picklist(['fill', 'payout']),
  ticker: v.string(),
  /** What a fill cost, or what was paid out, micro-dollars. */
  amount: microsSchema,
});
export type News = v.InferOutput<typeof newsSchema>;

export const resultsProgressSchema = v.object({
  step: v.picklist(STEPS),
  /** Of the next page of the current list; empty for its first page. */
  cursor: v.string(),
  /** Whether everything was read once. */
  complete: v.boolean(),
  /** The version of the computation (`RESULTS_COMPUTATION`) of `days` and of the stored results of markets. */
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
  /** Every transfer; null if the key may not read them. */
  transfers: v.nullable(v.array(transferSchema)),
  /** The results by day, as of the last time that they were computed; empty before the first time. */
  days: v.array(resultDaySchema),
  /** New fills and payouts that no alert was decided on yet, since everything was read once. */
  news: v.fallback(v.array(newsSchema), []),
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
  transfers: Transfer[] | null;
  days: ResultDay[];
  news: News[];
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
  transfers: [],
  days: [],
  news: [],
};

/** Kalshi moves fills to the historical list when they are about three months old. Milliseconds. */
const HISTORICAL = 30 * DAY_MS;

/** Whether the historical fills are read too: at first, or after a long time without reading. @param now unix milliseconds */
export function needsHistorical({ from }: ResultsProgress, now: number): boolean {
  return from < now - HISTORICAL;
}

/** New rows may be listed late: what is read again of each list. Milliseconds. */
const OVERLAP = DAY_MS;

/** The progress at the beginning of another reading. */
export function startReading(before: ResultsProgress): ResultsProgress {
  if (!before.complete) return EMPTY_RESULTS;
  return { ...before, step: 'fills', cursor: '', from: Math.max(0, before.latest - OVERLAP) };
}
