// The ticks of the chart's time axis and their labels.

import { timeTicks } from 'd3-time';
import { DAY_MS, HOUR_MS } from '../../../domain/durations.ts';

/** A tick of the axis. */
export interface Tick {
  /** Unix milliseconds: a full hour, day, month or year of this computer's calendar. */
  at: number;
  label: string;
}

/**
 * About `count` ticks between two times, evenly spaced in the calendar.
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

/** The label of a tick: the time, or the date at the start of a day; the month, or the year at the start of a year. */
function formatOf(date: Date, step: number): Intl.DateTimeFormatOptions {
  const midnight = date.getHours() === 0 && date.getMinutes() === 0;
  if (step < DAY_MS - HOUR_MS && !midnight) return { hour: 'numeric', minute: '2-digit' };
  if (step < 28 * DAY_MS) return { day: 'numeric', month: 'short' };
  return step < 365 * DAY_MS && date.getMonth() > 0 ? { month: 'short' } : { year: 'numeric' };
}
