// Times in the user's time zone.

import { DAILY, slotOf } from './balance/history.ts';
import { HOUR_MS, MINUTE_MS } from './durations.ts';
import { RANGES, type Range } from './ranges.ts';

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

/** The time of day that a local clock shows, minutes after midnight: on the day of a clock change, not the time since then. */
export function minuteOfDay(at: number): number {
  const date = new Date(at);
  return date.getHours() * 60 + date.getMinutes();
}

/** The local midnight so many days of the calendar before today, unix milliseconds. */
export function midnightDaysBefore(days: number, now: number): number {
  const date = new Date(now);
  return midnightBefore(date.setDate(date.getDate() - days));
}

/** How many days before today a range begins; today is its last day. */
const DAYS: Record<Exclude<Range, 'YTD' | 'all'>, number> = { '1D': 0, '1W': 6, '1M': 30, '1Y': 365 };

/** The local midnight at which a range begins that ends now, unix milliseconds; `now` too. */
export function rangeStart(range: Range, now: number): number {
  if (range === 'all') return Number.NEGATIVE_INFINITY;
  if (range !== 'YTD') return midnightDaysBefore(DAYS[range], now);
  const date = new Date(now);
  return midnightBefore(date.setMonth(0, 1));
}

/**
 * The ranges that show more than the next shorter one does.
 * @param oldest and `now` unix milliseconds; undefined if there is no data
 */
export function rangesWithData(oldest: number | undefined, now: number): Range[] {
  const starts = new Map(RANGES.map((range) => [range, rangeStart(range, now)]));
  return RANGES.filter((range) => {
    const start = starts.get(range) ?? 0;
    const laterStarts = [...starts.values()].filter((each) => each > start);
    const isDistinct = RANGES.find((each) => starts.get(each) === start) === range;
    return isDistinct && (oldest ?? now) < Math.min(...laterStarts);
  });
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

/** Made when it is first needed, because that takes a millisecond. */
let newYorkHour: Intl.DateTimeFormat | undefined;

/** A time in New York, where the exchange is, as unix milliseconds. Parameters as of `Date.UTC`. */
export function newYorkTime(...local: Parameters<typeof Date.UTC>): number {
  newYorkHour ??= new Intl.DateTimeFormat('en-US', {
    timeZone: 'America/New_York',
    hour: 'numeric',
    hourCycle: 'h23',
  });
  const winter = Date.UTC(...local) + 5 * HOUR_MS;
  // An hour later than meant while New York has daylight saving time.
  const ahead = (Number(newYorkHour.format(winter)) - new Date(winter).getUTCHours() + 24) % 24;
  return ahead === 20 ? winter - HOUR_MS : winter;
}
