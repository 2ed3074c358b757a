// How pure code says things: it is handed the words, it does not fetch them from the browser.

import type messages from '../../public/_locales/en/messages.json';

/** The name of a sentence in `public/_locales`. */
export type MessageKey = keyof typeof messages;

/** The words of one language. */
export interface I18n {
  /** A BCP 47 tag for numbers and dates, e.g. `en-US`. */
  locale: string;
  /** The sentence, with `$1`, `$2`, … filled in. */
  say(key: MessageKey, ...fill: string[]): string;
}

/**
 * A moment as a person reads it: the time of day, with the date when it is another day than `now`.
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
