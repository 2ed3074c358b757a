// The history: every good poll is a sample. Recent samples are kept in finer steps than older ones.

import { DAY_MS, MINUTE_MS } from '../durations.ts';
import type { Micros } from '../money.ts';
import { AWAY_PERIOD } from '../polling/backoff.ts';

/** One good poll. */
export interface Sample {
  /** Unix milliseconds by the exchange's clock, which does not jump when the computer's does. */
  at: number;
  /** Micro-dollars. */
  cash: Micros;
  positions: Micros;
  /** The equity of perpetual futures; absent if it was not part of the total. */
  perps?: Micros | undefined;
  /** There is no data right before it: no line is drawn to it. */
  gap: boolean;
}

/**
 * The tiers: each keeps the last sample of each step for some time. Milliseconds.
 * All tiers are written, so a chart of any range is one read of a few hundred records; a year at 30 s has about 32 000.
 */
export const TIERS = [
  { step: 0, keep: 2 * DAY_MS },
  { step: 5 * MINUTE_MS, keep: 60 * DAY_MS },
  { step: 60 * MINUTE_MS, keep: Number.POSITIVE_INFINITY },
  { step: DAY_MS, keep: Number.POSITIVE_INFINITY },
] as const;

/** The step of the daily tier. Milliseconds. */
export const DAILY = DAY_MS;

/**
 * The key of a sample in a tier: its time, or the start of its step. The step of the daily tier is the user's calendar day:
 * its key is that date at 00:00 UTC, so that consecutive dates are exactly one step apart, whatever the clocks do.
 * @param zoneOffset local time minus UTC at that time, milliseconds; only the daily tier depends on it
 */
export function slotOf(at: number, step: number, zoneOffset = 0): number {
  if (step === 0) return at;
  return Math.floor((step === DAILY ? at + zoneOffset : at) / step) * step;
}

/**
 * Whether there is a gap between two samples: more than two periods, of at least the one used while the user is away.
 */
export function isGap(before: number | undefined, at: number, periodMs: number): boolean {
  return before === undefined || at - before > 2 * Math.max(periodMs, AWAY_PERIOD) + MINUTE_MS;
}
