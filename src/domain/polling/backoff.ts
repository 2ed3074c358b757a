// The polling policy: when an account may be polled, and how long to wait after failures.

import * as v from 'valibot';
import { DAY_MS, MINUTE_MS } from '../durations.ts';
import { OUTCOMES, type Outcome } from './outcome.ts';

export const backoffSchema = v.object({
  /** Consecutive failures that call for waiting. */
  failures: v.number(),
  /** No automatic poll before this time, unix milliseconds. */
  retryAt: v.number(),
  /** The exchange's time minus ours, milliseconds, as measured when it last refused our clock. */
  clockOffset: v.number(),
});
/** What is stored with the account: it survives the browser. */
export type PollBackoff = v.InferOutput<typeof backoffSchema>;

export const attemptSchema = v.object({
  /** When the last request was started, unix milliseconds. */
  attemptedAt: v.number(),
  /** When the exchange status was last requested, unix milliseconds. */
  statusCheckedAt: v.number(),
});
/** When requests were started. It survives the worker, not the browser. */
export type PollAttempt = v.InferOutput<typeof attemptSchema>;

/** All that decides whether a request may be sent. */
export type PollState = PollBackoff & PollAttempt;

/** Of an account that was never polled. */
export const INITIAL_BACKOFF: PollBackoff = { failures: 0, retryAt: 0, clockOffset: 0 };
export const NO_ATTEMPT: PollAttempt = { attemptedAt: 0, statusCheckedAt: 0 };

/** The shortest time between two polls of an account: six a minute at most, whatever the user clicks. Milliseconds. */
export const MIN_GAP = 10_000;
/** The longest wait, for a Retry-After header as well. Milliseconds. */
export const MAX_BACKOFF = 30 * MINUTE_MS;
/** The shortest polling period while the user is away. Milliseconds. */
export const AWAY_PERIOD = 15 * MINUTE_MS;
/** The shortest time between two requests for the exchange status. Milliseconds. */
export const STATUS_GAP = 25_000;
/** Alarms may fire a little early; a poll is not delayed by a whole period for that. Milliseconds. */
const ALARM_TOLERANCE = 5_000;
/** Consecutive rate-limited responses after which the waits grow. */
const RATE_LIMIT_TOLERANCE = 5;

/**
 * Why a poll is requested: `alarm` the alarm fired · `resume` the browser started, the user returned, or a permission
 * changed · `popup` the popup is visible · `manual` the user clicked Refresh.
 */
export type PollTrigger = 'alarm' | 'resume' | 'popup' | 'manual';

/** The moment at which something is decided about polling. */
export interface PollMoment {
  /** The polling period. */
  periodMs: number;
  trigger: PollTrigger;
  /** Unix milliseconds. */
  now: number;
  /** A number in [0, 1). */
  random: number;
}

/**
 * Whether a request may be sent now.
 * Times in the future come from a clock that was set back, and are ignored.
 * @param outcome of the last poll; null before the first
 */
export function isPollAllowed(
  { attemptedAt, retryAt }: PollState,
  outcome: Outcome | null,
  { periodMs, trigger, now }: Omit<PollMoment, 'random'>,
): boolean {
  if (trigger === 'manual') return !isWithin(attemptedAt, MIN_GAP, now);
  if (outcome && OUTCOMES[outcome.kind].polling === 'stop') return false;
  const wait = retryAt - now;
  if (wait > 0 && wait <= Math.max(MAX_BACKOFF, 2 * periodMs)) return false;
  const gap = trigger === 'alarm' ? Math.max(MIN_GAP, periodMs - ALARM_TOLERANCE) : MIN_GAP;
  return !isWithin(attemptedAt, gap, now);
}

/**
 * Whether the exchange status may be requested after a response of 500 or above, to distinguish maintenance from an error.
 * While the popup is visible: at once. Automatic polls do so only from the second failure on: a short outage that every
 * installation meets must not double everyone's requests (scripts/load-simulation.ts measures that).
 */
export function isStatusCheckAllowed(
  { failures, statusCheckedAt }: PollState,
  { trigger, now }: Pick<PollMoment, 'trigger' | 'now'>,
): boolean {
  const popupVisible = trigger === 'manual' || trigger === 'popup';
  return (popupVisible || failures > 0) && !isWithin(statusCheckedAt, STATUS_GAP, now);
}

/** How often holdings are refreshed: while the popup is visible, otherwise, and after a refusal. Milliseconds. */
const HOLDINGS_GAPS = { visible: MINUTE_MS, background: 15 * MINUTE_MS, refused: DAY_MS };

/**
 * Whether the prices of positions may be refreshed now, which takes one request for most accounts: with each poll while a page
 * is visible, and in the background only where an alert depends on them.
 * @param at when they were last requested, unix milliseconds
 */
export function arePricesDue(
  at: number,
  { trigger, now }: Pick<PollMoment, 'trigger' | 'now'>,
  areWatched: boolean,
): boolean {
  const isVisible = trigger === 'popup' || trigger === 'manual';
  return (isVisible || areWatched) && !isWithin(at, MIN_GAP, now);
}

/**
 * Whether holdings may be refreshed now, which takes some seven requests.
 * Automatic refreshes are randomised, so that installations that recover together do not all refresh at once.
 * @param last when they were last requested, and whether the key may read them; null for never
 * @param cashMoved whether something was traded, paid or moved since: the lists are outdated
 */
export function areHoldingsDue(
  last: { at: number; readable: boolean } | null,
  { periodMs, trigger, now, random }: PollMoment,
  cashMoved = false,
): boolean {
  if (!last) return true;
  const { visible, background, refused } = HOLDINGS_GAPS;
  if (!last.readable) return !isWithin(last.at, refused, now);
  if (cashMoved) return !isWithin(last.at, MIN_GAP, now);
  if (trigger === 'popup' || trigger === 'manual') return !isWithin(last.at, visible, now);
  return !isWithin(last.at, background, now) && random < periodMs / background;
}

/** Whether `at` is less than `gap` ago. A time in the future, from a clock that was set back, is not. */
function isWithin(at: number, gap: number, now: number): boolean {
  return now >= at && now - at < gap;
}

/**
 * The backoff after a poll.
 * @param before with the time at which this poll started
 * @param clockOffset the exchange's time minus ours, milliseconds, to be assumed next time
 * @param moment when the poll ended
 */
export function nextBackoff(
  { failures: before, attemptedAt }: PollState,
  outcome: Outcome,
  clockOffset: number,
  { periodMs, trigger, now, random }: PollMoment,
): PollBackoff {
  if (OUTCOMES[outcome.kind].polling !== 'backoff') return { failures: 0, retryAt: 0, clockOffset };
  const failures = before + 1;
  const retryAfter = outcome.kind === 'rate-limited' ? Math.min(outcome.retryAfterMs ?? 0, MAX_BACKOFF) : 0;
  // Counted from the start of the poll: a slow failure must not push the retry past the next alarm.
  const started = isWithin(attemptedAt, periodMs, now) ? attemptedAt : now;
  const wait = Math.floor(random * retrySpan(outcome, failures, trigger, periodMs));
  return { failures, retryAt: Math.max(now + retryAfter, started + wait), clockOffset };
}

/**
 * The span that the wait is drawn from, milliseconds. Retries are randomised over the whole span ("full jitter",
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/) to avoid a spike when the exchange recovers.
 * Two periods: with an alarm every period, half of the installations skip one alarm, and all of them are up to date
 * within two periods after the trouble ends. A poll between two alarms gets one period, because the next alarm comes on
 * top. Only repeated rate limiting increases the span, because there the requests themselves may be the cause.
 */
function retrySpan({ kind }: Outcome, failures: number, trigger: PollTrigger, periodMs: number): number {
  const span = (trigger === 'alarm' ? 2 : 1) * (periodMs - ALARM_TOLERANCE);
  if (kind !== 'rate-limited' || failures <= RATE_LIMIT_TOLERANCE) return span;
  return Math.max(span, Math.min(MAX_BACKOFF, span * 2 ** Math.min(failures - RATE_LIMIT_TOLERANCE, 10)));
}
