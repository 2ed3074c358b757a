// The time axis of the chart: where to write a time, and what.

import { timeTicks } from 'd3-time';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A place on the axis. */
export interface Tick {
  /** Unix milliseconds: a full hour, day, month or year of this computer's calendar. */
  at: number;
  label: string;
}

/**
 * About so many places between two moments, evenly taken from the calendar.
 * @param from and `to` unix milliseconds
 * @param locale a BCP 47 tag
 */
export function ticksOf(from: number, to: number, count: number, locale: string): Tick[] {
  const dates = timeTicks(new Date(from), new Date(to), count);
  const step = Math.min(...dates.slice(1).map((date, index) => Number(date) - Number(dates[index])));
  return dates.map((date) => ({
    at: Number(date),
    label: new Intl.DateTimeFormat(locale, formatOf(date, step)).format(date),
  }));
}

/** What tells a tick from the one before: the time, but the date where a day begins; the month, but the year where one begins. */
function formatOf(date: Date, step: number): Intl.DateTimeFormatOptions {
  const midnight = date.getHours() === 0 && date.getMinutes() === 0;
  if (step < DAY - HOUR && !midnight) return { hour: 'numeric', minute: '2-digit' };
  if (step < 28 * DAY) return { day: 'numeric', month: 'short' };
  return step < 365 * DAY && date.getMonth() > 0 ? { month: 'short' } : { year: 'numeric' };
}
