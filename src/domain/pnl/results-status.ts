// When the results of an account are read again. Part of the account's record, so that a poll that has nothing new to read
// finds that out without a request and without opening a store.

import * as v from 'valibot';
import { DAY_MS, MINUTE_MS } from '../durations.ts';
import { type Micros, microsSchema } from '../money.ts';
import { RESULTS_COMPUTATION } from './market-result.ts';

export const resultsStatusSchema = v.object({
  /** When something was last read, unix milliseconds. The pages read the results again when it changes. */
  at: v.number(),
  /** The cash when everything was last read. When it moves, something was traded, settled or transferred. */
  cash: v.nullable(microsSchema),
  /** Whether there is more to read: the first reading, or the holdings changed. */
  due: v.boolean(),
  /** When to read once more although nothing moved, because lists may be late; unix milliseconds, or null. */
  recheckAt: v.nullable(v.number()),
  /** Whether the key may read them. */
  readable: v.boolean(),
  /** A status of another version counts as none, so that the results are read, and computed again, with the next poll. */
  computation: v.literal(RESULTS_COMPUTATION),
});
export type ResultsStatus = v.InferOutput<typeof resultsStatusSchema>;

/** How long after a change the lists are read once more. Milliseconds. */
const RECHECK = 5 * MINUTE_MS;
/** How often lists that the key may not read are tried again. Milliseconds. */
const RETRY_DENIED = DAY_MS;

/** Whether something is to be read. @param now unix milliseconds */
export function areResultsDue(status: ResultsStatus | null, cash: Micros, now: number): boolean {
  if (!status) return true;
  if (!status.readable) return Math.abs(now - status.at) >= RETRY_DENIED;
  return status.due || status.cash !== cash || (status.recheckAt !== null && now >= status.recheckAt);
}

/**
 * The status after reading.
 * @param end `done`: everything was read · `more`: the next poll goes on · `denied`: the key may not read the lists
 * @param cash the cash when the reading began
 */
export function resultsStatusAfter(
  before: ResultsStatus | null,
  end: 'done' | 'more' | 'denied',
  cash: Micros,
  now: number,
): ResultsStatus {
  const wasRecheck = before !== null && !before.due && before.cash === cash;
  return {
    at: now,
    cash: end === 'more' ? (before?.cash ?? null) : cash,
    due: end === 'more',
    recheckAt: end === 'done' && !wasRecheck ? now + RECHECK : null,
    readable: end !== 'denied',
    computation: RESULTS_COMPUTATION,
  };
}
