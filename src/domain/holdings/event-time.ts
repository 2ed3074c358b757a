// When an event is decided, as far as that is known.

import { newYorkTime } from '../calendar.ts';
import type { Market, MarketEvent } from './market.ts';
import type { Position } from './position.ts';

/** A time of an event, unix milliseconds. */
export interface EventTime {
  at: number;
  /** Whether it is only when a result is expected, not a time that was set. */
  approximate: boolean;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const TIME_IN_TICKER = /^[^-]+-(\d\d)([A-Z]{3})(\d\d)(\d\d)(\d\d)?(?!\d)/;

/**
 * The time in the ticker of an event, in New York: `KXNPBTOTAL-26AUG130500HIRYAK` begins on 13 August at 5:00 (18:00 in
 * Japan), `KXBTCD-26NOV2817` is decided on 28 November at 17:00. Observed in tickers, not documented.
 * @returns unix milliseconds; null if the ticker has no time of day
 */
export function timeInTicker(event: string): number | null {
  const [, year, month = '', day, hour, minute = '0'] = TIME_IN_TICKER.exec(event) ?? [];
  const monthIndex = MONTHS.indexOf(month);
  if (monthIndex < 0 || Number(hour) > 23 || Number(minute) > 59) return null;
  return newYorkTime(2000 + Number(year), monthIndex, Number(day), Number(hour), Number(minute));
}

/** The beginning of an event: of its milestone, or else the time in its ticker; null if neither is known. */
export function startOf(event: string, known: MarketEvent | undefined): number | null {
  return typeof known?.starts === 'number' ? known.starts : timeInTicker(event);
}

type Known = { events: Readonly<Record<string, MarketEvent>>; markets: Readonly<Record<string, Market>> };

/**
 * When a position is decided: the beginning of its event, or else when its result is expected. A combo is decided with the
 * last of its legs.
 */
export function eventTime(
  position: Pick<Position, 'ticker' | 'event' | 'closesAt'>,
  { events, markets }: Known,
): EventTime | null {
  const legs = markets[position.ticker]?.legs ?? [];
  const open = legs.filter(({ yesValue }) => yesValue === null);
  if (open.length > 0) {
    const times = open.map((leg) =>
      timeOf(leg.event, events[leg.event], markets[leg.ticker]?.closesAt ?? null),
    );
    return times.reduce(
      (last, next) => (last && next ? (next.at > last.at ? next : last) : null),
      times[0] ?? null,
    );
  }
  return timeOf(position.event, events[position.event], position.closesAt);
}

function timeOf(event: string, known: MarketEvent | undefined, closesAt: number | null): EventTime | null {
  const start = startOf(event, known);
  if (start !== null) return { at: start, approximate: false };
  return closesAt === null ? null : { at: closesAt, approximate: true };
}
