// The times of the points of a chart, as short as possible.

import { DAY_MS } from '../../domain/durations.ts';

/** An older date needs its year. */
const MIN_AGE_WITH_YEAR_MS = 300 * DAY_MS;

/** Whether the time of day says enough. */
export function isRecent(at: number, now: number): boolean {
  return now - at < DAY_MS;
}

/** The time of day within 24 hours, otherwise the date. @param at and `now` unix milliseconds */
export function formatTimeOrDate(at: number, now: number, locale: string): string {
  if (isRecent(at, now)) return new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(at);
  const year = now - at > MIN_AGE_WITH_YEAR_MS ? 'numeric' : undefined;
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year }).format(at);
}

/** The same, with the time of day beside the date if there are several points a day. @param step of the points, milliseconds */
export function formatPointTime(at: number, now: number, step: number, locale: string): string {
  if (isRecent(at, now) || step >= DAY_MS) return formatTimeOrDate(at, now, locale);
  const moment = { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(locale, moment).format(at);
}
