// Times in the user's time zone.

import { DAILY, slotOf } from './balance/history.ts';
import { MINUTE_MS } from './durations.ts';
import type { ResultPeriod } from './pnl/periods.ts';

/** A time with its local midnight. */
export interface Moment {
  /** Unix milliseconds. */
  now: number;
  /** The local midnight before, unix milliseconds. */
  midnight: number;
}

/** A time with its local midnight. `now`: unix milliseconds. */
export function momentOf(now: number): Moment {
  return { now, midnight: midnightBefore(now) };
}

/** The local midnight at or before a time: the first moment of the day, where clocks skip midnight. Both unix milliseconds. */
export function midnightBefore(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** The local midnight so many days of the calendar before today, unix milliseconds. */
export function midnightDaysBefore(days: number, now: number): number {
  const date = new Date(now);
  return midnightBefore(date.setDate(date.getDate() - days));
}

/** The local midnight at which a period begins that ends now, unix milliseconds; `now` too. */
export function periodStart(period: ResultPeriod, now: number): number {
  if (period === 'all') return Number.NEGATIVE_INFINITY;
  if (period === 'week') return midnightDaysBefore(6, now);
  const date = new Date(now);
  if (period === 'month') date.setDate(1);
  if (period === 'year') date.setMonth(0, 1);
  return midnightBefore(date.getTime());
}

/** Local time minus UTC at a time, milliseconds. */
export function zoneOffset(at: number): number {
  return -new Date(at).getTimezoneOffset() * MINUTE_MS;
}

/** How many days of the user's calendar one time is after another; 1 for tomorrow. Both unix milliseconds. */
export function calendarDaysBetween(from: number, to: number): number {
  const date = (at: number) => slotOf(at, DAILY, zoneOffset(at));
  return (date(to) - date(from)) / DAILY;
}
