// How hard the exchange may be asked: when an account was last asked, and how long to hold back after failures.

import * as v from 'valibot';
import { OUTCOMES, type Outcome } from './outcome.ts';

export const paceSchema = v.object({
  /** When a request was last begun, unix milliseconds. */
  attemptedAt: v.number(),
  /** Failures in a row that call for holding back. */
  failures: v.number(),
  /** No poll of its own accord before this, unix milliseconds. */
  notBefore: v.number(),
  /** The exchange's time less ours, milliseconds, as the last refused clock taught it. */
  clockOffset: v.number(),
});
export type Pace = v.InferOutput<typeof paceSchema>;

/** The pace of an account never asked for. */
export const FRESH_PACE: Pace = { attemptedAt: 0, failures: 0, notBefore: 0, clockOffset: 0 };

/** No more than six requests a minute for one account, whatever anyone clicks. Milliseconds. */
export const MIN_GAP = 10_000;
/** However long the trouble lasts, someone who glances sees a figure of the last half hour. Milliseconds. */
export const MAX_BACKOFF = 30 * 60_000;
/** Alarms may ring a little early against the clock; a poll is not put off a whole period for that. Milliseconds. */
const EARLY = 5_000;

/** Why a poll is wanted: `due` its time has come · `user` someone asked for it. */
export type Why = 'due' | 'user';

/**
 * Whether a request may be sent now.
 * Times in the future come from a clock that was set back, and count for nothing.
 * @param periodMs how often the account is polled
 */
export function mayPoll(
  pace: Pace,
  outcome: Outcome | null,
  periodMs: number,
  why: Why,
  now: number,
): boolean {
  const since = now - pace.attemptedAt;
  const justAsked = (gap: number) => since >= 0 && since < gap;
  if (why === 'user') return !justAsked(MIN_GAP);
  if (outcome && OUTCOMES[outcome.kind].polling === 'stop') return false;
  const wait = pace.notBefore - now;
  if (wait > 0 && wait <= MAX_BACKOFF) return false;
  return !justAsked(Math.max(MIN_GAP, periodMs - EARLY));
}

/**
 * The pace after a poll: full jitter (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/)
 * between nothing and the period doubled with every failure, so that a crowd that failed together does not come back
 * together; one success resets.
 * @param random a number in [0, 1)
 */
export function paceAfter(
  before: Pace,
  outcome: Outcome,
  clockOffset: number,
  periodMs: number,
  now: number,
  random: number,
): Pace {
  if (OUTCOMES[outcome.kind].polling !== 'backoff') {
    return { ...before, failures: 0, notBefore: 0, clockOffset };
  }
  const failures = before.failures + 1;
  const ceiling = Math.min(MAX_BACKOFF, periodMs * 2 ** Math.min(failures, 10));
  const asked = outcome.kind === 'rate-limited' ? Math.min(outcome.retryAfterMs ?? 0, MAX_BACKOFF) : 0;
  const wait = Math.max(asked, Math.floor(random * ceiling));
  return { ...before, failures, notBefore: now + wait, clockOffset };
}
