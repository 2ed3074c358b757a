// How hard the exchange may be asked: when an account was last asked, and how long to hold back after failures.

import * as v from 'valibot';
import { OUTCOMES, type Outcome } from './outcome.ts';

export const backoffSchema = v.object({
  /** When a request was last begun, unix milliseconds. */
  attemptedAt: v.number(),
  /** Failures in a row that call for holding back. */
  failures: v.number(),
  /** No poll of its own accord before this, unix milliseconds. */
  retryAt: v.number(),
  /** The exchange's time less ours, milliseconds, as the last refused clock taught it. */
  clockOffset: v.number(),
  /** When the exchange was last asked how it is, unix milliseconds. */
  statusAskedAt: v.number(),
});
export type PollBackoff = v.InferOutput<typeof backoffSchema>;

/** The pace of an account never asked for. */
export const INITIAL_BACKOFF: PollBackoff = {
  attemptedAt: 0,
  failures: 0,
  retryAt: 0,
  clockOffset: 0,
  statusAskedAt: 0,
};

/** No more than six polls a minute for one account, whatever anyone clicks. Milliseconds. */
export const MIN_GAP = 10_000;
/** A Retry-After, and the holding back from an exchange that keeps asking for it, go no further. Milliseconds. */
export const MAX_BACKOFF = 30 * 60_000;
/** How often to poll while nobody is at the computer, unless the period is longer anyway. Milliseconds. */
export const AWAY_PERIOD = 15 * 60_000;
/** The exchange's status is asked for no more often than this. Milliseconds. */
export const STATUS_GAP = 50_000;
/** Alarms may ring a little early against the clock; a poll is not put off a whole period for that. Milliseconds. */
const EARLY = 5_000;
/** So many times in a row may the exchange say that it is too much before the waits grow. */
const PATIENCE = 5;

/**
 * Why a poll is wanted: `due` the alarm rang · `back` the browser has started, the user is back, a permission has
 * changed · `look` someone looks at the popup · `user` someone asked for it.
 */
export type PollTrigger = 'due' | 'back' | 'look' | 'user';

/**
 * Whether a request may be sent now.
 * Times in the future come from a clock that was set back, and count for nothing.
 * @param periodMs how often the account is polled
 */
export function isPollAllowed(
  pace: PollBackoff,
  outcome: Outcome | null,
  periodMs: number,
  why: PollTrigger,
  now: number,
): boolean {
  if (why === 'user') return !isWithin(pace.attemptedAt, MIN_GAP, now);
  if (outcome && OUTCOMES[outcome.kind].polling === 'stop') return false;
  const wait = pace.retryAt - now;
  if (wait > 0 && wait <= Math.max(MAX_BACKOFF, 2 * periodMs)) return false;
  const gap = why === 'due' ? Math.max(MIN_GAP, periodMs - EARLY) : MIN_GAP;
  return !isWithin(pace.attemptedAt, gap, now);
}

/**
 * Whether the exchange may be asked how it is, after an answer of 500 or above.
 * Someone who looks learns it at once. Of its own accord the background asks only when it has failed twice in a row:
 * a hiccup that everybody meets must not make everybody ask twice (tests/tools/crowd.ts holds that against a count).
 */
export function mayAskStatus(pace: PollBackoff, why: PollTrigger, now: number): boolean {
  return (
    (why === 'user' || why === 'look' || pace.failures > 0) && !isWithin(pace.statusAskedAt, STATUS_GAP, now)
  );
}

/** What was said in this poll so far; nothing where it was not asked yet. */
export interface Said {
  balance?: Outcome;
  /** Maintenance, or null for everything else. */
  status?: Outcome | null;
}

/**
 * What to ask next in one poll: the balance, and the exchange's own state where that explains why there is none.
 * In maintenance it is asked first: one small question instead of a balance that is not to be had; no answer to it
 * leaves the balance to be asked for.
 * @param before the outcome of the poll before
 * @returns null when the poll is over
 */
export function nextQuestion(
  before: Outcome | null,
  said: Said,
  pace: PollBackoff,
  why: PollTrigger,
  now: number,
): 'balance' | 'status' | null {
  const known = before?.kind === 'maintenance';
  const { balance, status } = said;
  if (!balance) {
    if (status) return null;
    return known && status === undefined && mayAskStatus(pace, why, now) ? 'status' : 'balance';
  }
  const troubled = balance.kind === 'exchange-error' || balance.kind === 'maintenance';
  return troubled && !known && status === undefined && mayAskStatus(pace, why, now) ? 'status' : null;
}

/** How often to ask what an account holds: while somebody looks, otherwise, and after it was refused. Milliseconds. */
const HOLDINGS_GAPS = { looking: 60_000, alone: 15 * 60_000, refused: 24 * 3_600_000 };

/**
 * Whether it may be asked now what an account holds, which is some six requests.
 * Of its own accord each poll asks only by lot, so that a crowd that has waited for the exchange together does not ask
 * for everything at once.
 * @param last when it was last asked, and whether the key may; null for never
 * @param random a number in [0, 1)
 */
export function areHoldingsDue(
  last: { at: number; readable: boolean } | null,
  why: PollTrigger,
  periodMs: number,
  now: number,
  random: number,
): boolean {
  if (!last) return true;
  const { looking, alone, refused } = HOLDINGS_GAPS;
  if (!last.readable) return !isWithin(last.at, refused, now);
  if (why === 'look' || why === 'user') return !isWithin(last.at, looking, now);
  return !isWithin(last.at, alone, now) && random < periodMs / alone;
}

/** Whether something was done less than `gap` ago. A time to come, from a clock that was set back, counts for nothing. */
function isWithin(at: number, gap: number, now: number): boolean {
  return now >= at && now - at < gap;
}

/**
 * The pace after a poll.
 * @param why what the poll was wanted for
 * @param clockOffset the exchange's time less ours, milliseconds, as it is to be assumed next time
 * @param now when it ended, unix milliseconds
 * @param random a number in [0, 1)
 */
export function nextBackoff(
  before: PollBackoff,
  outcome: Outcome,
  why: PollTrigger,
  clockOffset: number,
  periodMs: number,
  now: number,
  random: number,
): PollBackoff {
  if (OUTCOMES[outcome.kind].polling !== 'backoff') {
    return { ...before, failures: 0, retryAt: 0, clockOffset };
  }
  const failures = before.failures + 1;
  const asked = outcome.kind === 'rate-limited' ? Math.min(outcome.retryAfterMs ?? 0, MAX_BACKOFF) : 0;
  // Counted from the ring that it began with: how long it took must not push the next try past a ring.
  const began = isWithin(before.attemptedAt, periodMs, now) ? before.attemptedAt : now;
  const wait = Math.floor(random * spanOf(outcome, failures, why, periodMs));
  return { ...before, failures, retryAt: Math.max(now + asked, began + wait), clockOffset };
}

/**
 * The span that a wait is drawn from, full jitter (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/),
 * so that a crowd that failed together does not come back together. Milliseconds.
 * A span of two periods is both polite and quick: as the alarm rings once a period, every other install skips a ring,
 * and everybody is fresh again within two periods of the trouble's end. A poll between two rings takes half of it,
 * because the next ring comes on top. Only an exchange that goes on saying "too much" gets more and more time, because
 * there the asking itself may be the trouble.
 */
function spanOf({ kind }: Outcome, failures: number, why: PollTrigger, periodMs: number): number {
  const span = (why === 'due' ? 2 : 1) * (periodMs - EARLY);
  if (kind !== 'rate-limited' || failures <= PATIENCE) return span;
  return Math.max(span, Math.min(MAX_BACKOFF, span * 2 ** Math.min(failures - PATIENCE, 10)));
}
