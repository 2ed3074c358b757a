// Formats durations in a language, given as a BCP 47 tag.

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

/** How long until a moment, e.g. `in 17d`, `tomorrow`, `in 3h`. Both unix milliseconds. */
export function formatUntil(at: number, now: number, locale: string): string {
  const relative = formatter(Intl.RelativeTimeFormat, locale, {
    numeric: 'auto',
    style: 'narrow',
  } as const);
  const minutes = Math.trunc((at - now) / 60_000);
  if (minutes < 60) return relative.format(minutes, 'minute');
  if (minutes < 24 * 60) return relative.format(Math.trunc(minutes / 60), 'hour');
  return relative.format(Math.trunc(minutes / (24 * 60)), 'day');
}
