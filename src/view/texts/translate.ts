// The type of the messages that are passed to pure code.

import type messages from '../../../public/_locales/en/messages.json';
import { MINUTE_MS } from '../../domain/durations.ts';

/** The name of a message in `public/_locales`. */
export type MessageKey = keyof typeof messages;

/** The messages of one language. */
export interface I18n {
  /** A BCP 47 tag for numbers and dates, e.g. `en-US`. */
  locale: string;
  /** The message, with `$1`, `$2`, … filled in. */
  message(key: MessageKey, ...fill: string[]): string;
}

/**
 * A time for reading: the time of day, with the date if it is on another day than `now`.
 * @param at and `now` unix milliseconds
 */
export function formatMoment(
  at: number,
  now: number,
  locale: string,
  timeStyle: 'short' | 'medium' = 'medium',
): string {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle }).format(at);
  return day.format(at) === day.format(now) ? time : `${day.format(at)}, ${time}`;
}

/** A part that is this much older than the balance shows its own time. */
const MIN_AGE_DIFFERENCE_MS = 2 * MINUTE_MS;

/**
 * The time of a part, if it is older than the balance that it is shown with; undefined otherwise.
 * @param at null for never; `balanceAt` and `now` unix milliseconds
 */
export function ageIfOlder(
  at: number | null,
  balanceAt: number,
  now: number,
  i18n: I18n,
): string | undefined {
  if (at === null || balanceAt - at < MIN_AGE_DIFFERENCE_MS) return undefined;
  return i18n.message('listAsOf', formatMoment(at, now, i18n.locale, 'short'));
}
