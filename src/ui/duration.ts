// Spans of time in the user's language.

import { words } from '../platform/words.ts';

/** E.g. `5 minutes`. */
export function formatMinutes(minutes: number): string {
  return format(minutes, 'minute');
}

/** E.g. `30 seconds`, `1 minute`. */
export function formatSeconds(seconds: number): string {
  return seconds < 60 ? format(seconds, 'second') : format(seconds / 60, 'minute');
}

function format(amount: number, unit: 'second' | 'minute'): string {
  return new Intl.NumberFormat(words.locale, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
}
