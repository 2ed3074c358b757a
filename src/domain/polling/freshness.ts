// How current a snapshot is at a given time: the one place that decides what counts as stale.

import type { Snapshot } from '../balance/snapshot.ts';

/**
 * `waiting`: no poll has ended yet · `none`: there are no figures yet, and the last poll failed · `live`: up to date ·
 * `stale`: out of date.
 */
export type Freshness = 'waiting' | 'none' | 'live' | 'stale';

/** Alarms are not exact: a poll may be this late. Milliseconds. */
const LATENESS = 10_000;

/**
 * @param periodMs the polling period
 * @param now unix milliseconds; figures from the future, of a clock that was set back, are stale like old ones
 */
export function freshness(snapshot: Snapshot, periodMs: number, now: number): Freshness {
  const { figures, outcome } = snapshot;
  if (!figures) return outcome && outcome.kind !== 'ok' ? 'none' : 'waiting';
  if (outcome?.kind !== 'ok') return 'stale';
  return Math.abs(now - figures.at) > 2 * periodMs + LATENESS ? 'stale' : 'live';
}

/** Whether the clock was set back after the figures were read: alarms then wait for the old time. `now`: unix milliseconds */
export function isFromFuture(figures: { at: number } | null, periodMs: number, now: number): boolean {
  return figures !== null && figures.at > now + 2 * periodMs + LATENESS;
}

/** The oldest of several times, unix milliseconds; null if none is known. */
export function oldest(times: readonly (number | null)[]): number | null {
  const known = times.filter((at) => at !== null);
  return known.length > 0 ? Math.min(...known) : null;
}
