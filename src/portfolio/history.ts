// History: every good poll is a sample, kept the finer the younger it is.

import { AWAY_PERIOD } from './backoff.ts';
import type { Micros } from './money.ts';

/** One good poll as history keeps it. */
export interface Sample {
  /** When, unix milliseconds by the exchange's clock: it does not jump when this computer's does. */
  at: number;
  /** Micro-dollars. */
  cash: Micros;
  positions: Micros;
  /** Nothing is known of the time before it: the line is not drawn across. */
  gap: boolean;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * The tiers: the last sample of each step stays for so long. Milliseconds.
 * Kept side by side, so that a chart of any range is one read of a few hundred records, and a year at 30 s is about
 * 32 000 of them.
 */
export const TIERS = [
  { step: 0, keep: 2 * DAY },
  { step: 5 * MINUTE, keep: 60 * DAY },
  { step: 60 * MINUTE, keep: Number.POSITIVE_INFINITY },
  { step: DAY, keep: Number.POSITIVE_INFINITY },
] as const;

/** The time under which a tier keeps a sample: its own, or the beginning of its step. */
export function slotOf(at: number, step: number): number {
  return step === 0 ? at : Math.floor(at / step) * step;
}

/**
 * Whether there is a gap between two samples.
 * Someone who is away is polled every quarter of an hour, and two of any period may be missed.
 */
export function isGap(before: number | undefined, at: number, periodMs: number): boolean {
  return before === undefined || at - before > 2 * Math.max(periodMs, AWAY_PERIOD) + MINUTE;
}
