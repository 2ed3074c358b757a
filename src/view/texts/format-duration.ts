// Formats durations in a language, given as a BCP 47 tag.

import { MINUTE_MS } from '../../domain/durations.ts';
import { formatter } from './intl-cache.ts';

/** E.g. `5 minutes`. */
export function formatMinutes(minutes: number, locale: string): string {
  return format(minutes, 'minute', locale);
}

/** E.g. `30 seconds`, `1 minute`. */
export function formatSeconds(seconds: number, locale: string): string {
  return seconds < 60 ? format(seconds, 'second', locale) : format(seconds / 60, 'minute', locale);
}

function format(amount: number, unit: 'second' | 'minute', locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
}

/** Up to this long before the next day, hours are more useful than "tomorrow". Minutes. */
const SOON = 6 * 60;

/**
 * How long until a moment, e.g. `in 17d`, `tomorrow`, `in 3h`. Tomorrow is the next day of the calendar.
 * @param at and `now` unix milliseconds
 * @param days how many days of the calendar later it is (platform/clock.ts)
 */
export function formatUntil(at: number, now: number, days: number, locale: string): string {
  const relative = formatter(Intl.RelativeTimeFormat, locale, {
    numeric: 'auto',
    style: 'narrow',
  } as const);
  const minutes = Math.trunc((at - now) / MINUTE_MS);
  if (minutes < 60) return relative.format(minutes, 'minute');
  if (days === 0 || minutes < SOON) return relative.format(Math.trunc(minutes / 60), 'hour');
  return relative.format(days, 'day');
}
