// When a position is decided, as text.

import { calendarDaysBetween } from '../../domain/calendar.ts';
import type { EventTime } from '../../domain/holdings/event-time.ts';
import { formatter } from './intl-cache.ts';
import type { I18n } from './translate.ts';

/**
 * E.g. `4:25 PM` today, `tomorrow 4:25 PM`, `Tue 4:25 PM`, `Dec 12`; with `~` if it is only expected; after it began, since
 * when; after the result was expected, that it is awaited.
 * @param closesAt when the market closes; `now`: unix milliseconds
 * @param isDayKnown whether the text stands under its day: then it is only the time of day
 */
export function formatWhen(
  time: EventTime | null,
  closesAt: number | null,
  now: number,
  i18n: I18n,
  isDayKnown = false,
): string | undefined {
  if (closesAt !== null && closesAt <= now) return i18n.message('awaitingResult');
  if (!time) return undefined;
  const { at, approximate } = time;
  const text = formatDayAndTime(at, isDayKnown ? at : now, i18n.locale);
  if (approximate) return at <= now ? i18n.message('awaitingResult') : `~${text}`;
  return at <= now ? i18n.message('began', text) : text;
}

function formatDayAndTime(at: number, now: number, locale: string): string {
  const days = calendarDaysBetween(now, at);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(at);
  if (days === 0) return time;
  if (days === 1 || days === -1) {
    const day = formatter(Intl.RelativeTimeFormat, locale, { numeric: 'auto' } as const).format(days, 'day');
    return `${day} ${time}`;
  }
  if (days > 1 && days < 7) {
    return `${new Intl.DateTimeFormat(locale, { weekday: 'short' }).format(at)} ${time}`;
  }
  return new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' }).format(at);
}
