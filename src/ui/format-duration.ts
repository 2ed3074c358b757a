// Formats durations in the user's language.

import { i18n } from '../platform/i18n.ts';
import { formatter } from '../view/intl-cache.ts';

/** E.g. `5 minutes`. */
export function formatMinutes(minutes: number): string {
  return format(minutes, 'minute');
}

/** E.g. `30 seconds`, `1 minute`. */
export function formatSeconds(seconds: number): string {
  return seconds < 60 ? format(seconds, 'second') : format(seconds / 60, 'minute');
}

function format(amount: number, unit: 'second' | 'minute'): string {
  return new Intl.NumberFormat(i18n.locale, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
}

/** How long until a moment, e.g. `in 17d`, `tomorrow`, `in 3h`. Both unix milliseconds. */
export function formatUntil(at: number, now: number): string {
  const relative = formatter(Intl.RelativeTimeFormat, i18n.locale, {
    numeric: 'auto',
    style: 'narrow',
  } as const);
  const minutes = Math.trunc((at - now) / 60_000);
  if (minutes < 60) return relative.format(minutes, 'minute');
  if (minutes < 24 * 60) return relative.format(Math.trunc(minutes / 60), 'hour');
  return relative.format(Math.trunc(minutes / (24 * 60)), 'day');
}
