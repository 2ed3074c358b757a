// Times in the user's time zone.

import type { Moment } from '../view/badge-view.ts';

/** A time with its local midnight. `now`: unix milliseconds. */
export function momentOf(now: number): Moment {
  return { now, midnight: midnightBefore(now) };
}

/** The local midnight at or before a time. Both unix milliseconds. */
export function midnightBefore(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
