// What is decided next: today, and in the days after.

import { calendarDaysBetween, midnightBefore } from '../domain/calendar.ts';
import { HOUR_MS } from '../domain/durations.ts';
import { type Micros, ZERO } from '../domain/money.ts';
import { limitedSum } from '../domain/quantity.ts';
import type { EventView } from './position-rows.ts';

/** `now`: it began, or the result is awaited · `today`: until 6 PM · `week`: in the six days after tomorrow. */
export const SPANS = ['now', 'today', 'tonight', 'tomorrow', 'week'] as const;
export type Span = (typeof SPANS)[number];

export interface SettlingSpan {
  span: Span;
  events: EventView[];
  /** What the events cost, and the most that they can pay; null if one of them is unknown. Micro-dollars. */
  cost: Micros | null;
  maxPayout: Micros | null;
}

export interface Settling {
  /** How many positions are decided today, those under way included. */
  count: number;
  /** The most that they can pay, micro-dollars; null if unknown. */
  maxPayout: Micros | null;
  /** When the next event begins, unix milliseconds; null if none does within a week. */
  next: number | null;
  spans: SettlingSpan[];
}

/** What is decided within a week. @param now unix milliseconds */
export function settlingOf(views: readonly EventView[], now: number): Settling {
  const timed = views
    .flatMap((view) => (view.when ? [{ view, at: view.when.at, span: spanOf(view.when.at, now) }] : []))
    .toSorted((a, b) => a.at - b.at);
  const inSpans = (spans: readonly Span[]) =>
    timed.filter(({ span }) => span && spans.includes(span)).map(({ view }) => view);
  const today = inSpans(['now', 'today', 'tonight']);
  return {
    count: today.reduce((sum, { positions }) => sum + positions.length, 0),
    maxPayout: sumOf(today.map(({ group }) => group.maxPayout)),
    next: timed.find(({ at, span }) => span && at > now)?.at ?? null,
    spans: SPANS.flatMap((span): SettlingSpan[] => {
      const events = inSpans([span]);
      if (events.length === 0) return [];
      const cost = sumOf(events.map(({ group }) => group.cost));
      return [{ span, events, cost, maxPayout: sumOf(events.map(({ group }) => group.maxPayout)) }];
    }),
  };
}

function spanOf(at: number, now: number): Span | undefined {
  if (at <= now) return 'now';
  const days = calendarDaysBetween(now, at);
  if (days === 0) return at < midnightBefore(now) + 18 * HOUR_MS ? 'today' : 'tonight';
  return days === 1 ? 'tomorrow' : days < 8 ? 'week' : undefined;
}

function sumOf(amounts: readonly (Micros | null)[]): Micros | null {
  const known = amounts.filter((amount) => amount !== null);
  return known.length < amounts.length ? null : limitedSum(ZERO, ...known);
}
