// The type of the messages that are passed to pure code.

import type messages from '../../public/_locales/en/messages.json';

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
