// When the results of an account are read again. Part of the account's record, so that a poll that has nothing new to read
// finds that out without a request and without opening a store.

import * as v from 'valibot';
import { DAY_MS, MINUTE_MS } from '../durations.ts';
import { type Micros, microsSchema } from '../money.ts';
import { RESULTS_COMPUTATION } from './market-result.ts';
import { booksAgreementSchema, type ResultsProgress } from './results-progress.ts';

const common = {
  /** When something was last read, unix milliseconds. The pages read the results again when it changes. */
  at: v.number(),
  /** How many results are the same in Kalshi's books: for the diagnostics. */
  books: booksAgreementSchema,
  /** A status of another version counts as none, so that the results are read, and computed again, with the next poll. */
  computation: v.literal(RESULTS_COMPUTATION),
};

/** `denied`: the key may not read the lists · `reading`: there is more to read · `done`: everything was read. */
export const resultsStatusSchema = v.variant('kind', [
  v.object({ kind: v.literal('denied'), ...common }),
  v.object({ kind: v.literal('reading'), ...common }),
  v.object({
    kind: v.literal('done'),
    ...common,
    /** The cash when everything was last read. When it moves, something was traded, settled or transferred. */
    cash: microsSchema,
    /** When to read once more although nothing moved, because lists may be late; unix milliseconds, or null. */
    recheckAt: v.nullable(v.number()),
  }),
]);
export type ResultsStatus = v.InferOutput<typeof resultsStatusSchema>;

/** How long after a change the lists are read once more. Milliseconds. */
const RECHECK = 5 * MINUTE_MS;
/** How often lists that the key may not read are tried again. Milliseconds. */
const RETRY_DENIED = DAY_MS;

/** Whether something is to be read. @param now unix milliseconds */
export function areResultsDue(status: ResultsStatus | null, cash: Micros, now: number): boolean {
  switch (status?.kind) {
    case 'denied':
      return Math.abs(now - status.at) >= RETRY_DENIED;
    case 'done':
      return status.cash !== cash || (status.recheckAt !== null && now >= status.recheckAt);
    default:
      return true;
  }
}

/** The status once something was traded or settled. */
export function resultsStatusAfterMove(status: ResultsStatus): ResultsStatus {
  if (status.kind !== 'done') return status;
  const { at, books, computation } = status;
  return { kind: 'reading', at, books, computation };
}

/**
 * The status after reading.
 * @param kind how the reading ended
 * @param cash the cash when the reading began
 * @param progress after it; undefined if it is not known
 */
export function resultsStatusAfter(
  before: ResultsStatus | null,
  { kind, progress }: { kind: ResultsStatus['kind']; progress?: Pick<ResultsProgress, 'books'> | undefined },
  cash: Micros,
  now: number,
): ResultsStatus {
  const books = progress?.books ?? before?.books ?? { same: 0, different: 0 };
  const status = { at: now, books, computation: RESULTS_COMPUTATION } as const;
  if (kind !== 'done') return { kind, ...status };
  const wasRecheck = before?.kind === 'done' && before.cash === cash;
  return { kind, ...status, cash, recheckAt: wasRecheck ? null : now + RECHECK };
}
