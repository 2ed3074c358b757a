// How far a snapshot can be trusted at a given moment: the one place that decides what counts as stale.

import type { Snapshot } from './snapshot.ts';

/**
 * `waiting`: no poll has ended yet · `none`: there never was a figure, and the last poll failed ·
 * `live`: the figure is as fresh as it should be · `stale`: a true figure of an earlier time.
 */
export type Freshness = 'waiting' | 'none' | 'live' | 'stale';

/** Polls may come late by this much before a period counts as missed: alarms are not exact. Milliseconds. */
const LATENESS = 10_000;

/**
 * @param periodMs how often the account is polled
 * @param now unix milliseconds; a clock set back behind the figure's time does not make the figure stale
 */
export function freshness(snapshot: Snapshot, periodMs: number, now: number): Freshness {
  const { figures, outcome } = snapshot;
  if (!figures) return outcome && outcome.kind !== 'ok' ? 'none' : 'waiting';
  if (outcome?.kind !== 'ok') return 'stale';
  return now - figures.at > 2 * periodMs + LATENESS ? 'stale' : 'live';
}
