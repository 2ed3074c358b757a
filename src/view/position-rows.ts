// The rows of positions: what each is about, when it is decided, and in which order they stand.

import type { Environment } from '../domain/accounts/account.ts';
import { type EventGroup, groupsOf } from '../domain/holdings/event-group.ts';
import { type EventTime, eventTime } from '../domain/holdings/event-time.ts';
import type { Holdings } from '../domain/holdings/holdings.ts';
import { type LegState, legState, legTexts } from '../domain/holdings/leg.ts';
import type { Market, Side } from '../domain/holdings/market.ts';
import { type Position, unrealizedOf } from '../domain/holdings/position.ts';
import { DOLLAR, type Micros } from '../domain/money.ts';
import { subtract } from '../domain/quantity.ts';
import { eventUrl } from './market-link.ts';

/** A leg of a combo. Texts are from outside. */
export interface LegRow {
  ticker: string;
  title: string;
  answer: string;
  side: Side;
  state: LegState;
  /** The last price of its side, micro-dollars; null if unknown. */
  price: Micros | null;
  when: EventTime | null;
  closesAt: number | null;
  url: string | undefined;
}

export interface PositionView {
  position: Position;
  when: EventTime | null;
  /** What its side's price changed since the last price a day ago, micro-dollars; null if unknown. */
  priceMove: Micros | null;
  /** Of a combo; empty for other markets. */
  legs: LegRow[];
  /** The page of its market; undefined for combos, which have none. */
  url: string | undefined;
}

/** The positions of one event of one account. */
export interface EventView {
  key: string;
  group: EventGroup;
  positions: PositionView[];
  /** When the first of them is decided. */
  when: EventTime | null;
  url: string | undefined;
}

export const SORTS = ['settles', 'value', 'result', 'moved'] as const;
export type Sort = (typeof SORTS)[number];

/** The events of several accounts. The exposure of an event is that of one account, so accounts are not mixed. */
export function eventViews(all: readonly Holdings[], environment: Environment): EventView[] {
  return all.flatMap((holdings, account) =>
    groupsOf(holdings.positions, holdings.events).map((group): EventView => {
      const positions = group.positions.map((position) => positionView(position, holdings, environment));
      const times = positions.map(({ when }) => when).filter((when) => when !== null);
      return {
        key: `${account} ${group.event}`,
        group,
        positions,
        when: times.toSorted((a, b) => a.at - b.at)[0] ?? null,
        url: positions.some(({ legs }) => legs.length > 0) ? undefined : eventUrl(environment, group.event),
      };
    }),
  );
}

function positionView(position: Position, holdings: Holdings, environment: Environment): PositionView {
  const market = holdings.markets[position.ticker];
  const texts = legTexts(market?.title ?? '');
  const legs = (market?.legs ?? []).map((leg, index): LegRow => {
    const of = holdings.markets[leg.ticker];
    const when = eventTime(
      { ticker: leg.ticker, event: leg.event, closesAt: of?.closesAt ?? null },
      holdings,
    );
    return {
      ticker: leg.ticker,
      title: of?.title ?? '',
      answer: (leg.side === 'yes' ? of?.yes : of?.no) || texts[index] || leg.ticker,
      side: leg.side,
      state: legState(leg, of),
      price: sidePrice(leg.side, of?.last ?? null),
      when,
      closesAt: of?.closesAt ?? null,
      url: eventUrl(environment, leg.event),
    };
  });
  const url = legs.length > 0 ? undefined : eventUrl(environment, position.event);
  return {
    position,
    when: eventTime(position, holdings),
    priceMove: moveOf(position.side, market),
    legs,
    url,
  };
}

function sidePrice(side: Side, yes: Micros | null): Micros | null {
  return yes === null || side === 'yes' ? yes : (subtract(DOLLAR, yes) ?? null);
}

function moveOf(side: Side, market: Market | undefined): Micros | null {
  const [now, before] = [sidePrice(side, market?.last ?? null), sidePrice(side, market?.previous ?? null)];
  return now === null || before === null ? null : (subtract(now, before) ?? null);
}

/** The keys of the events in an order. What is unknown is last. */
export function sortedKeys(views: readonly EventView[], sort: Sort): string[] {
  const rank: Record<Sort, (view: EventView) => number | null> = {
    settles: ({ when }) => when?.at ?? null,
    value: ({ group }) => (group.value === null ? null : -group.value),
    result: ({ group }) => negated(unrealizedOf(group)?.amount ?? null),
    moved: ({ group }) => {
      const moves = group.positions.map(({ dayMove }) => Math.abs(dayMove ?? 0));
      return -Math.max(...moves);
    },
  };
  const of = rank[sort];
  return views
    .toSorted((a, b) => (of(a) ?? Number.POSITIVE_INFINITY) - (of(b) ?? Number.POSITIVE_INFINITY) || 0)
    .map(({ key }) => key);
}

function negated(amount: number | null): number | null {
  return amount === null ? null : -amount;
}

/** The events in an order that was decided before. New ones come last, in their own order. */
export function inOrder(views: readonly EventView[], keys: readonly string[]): EventView[] {
  const place = (view: EventView) => {
    const at = keys.indexOf(view.key);
    return at < 0 ? keys.length : at;
  };
  return views.toSorted((a, b) => place(a) - place(b));
}

/** Whether an event has a text, in its title or in one of its answers. */
export function matches({ group, positions }: EventView, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  const texts = [
    group.title,
    ...positions.flatMap(({ position, legs }) => [
      position.title,
      position.answer,
      ...legs.flatMap(({ title, answer }) => [title, answer]),
    ]),
  ];
  return texts.some((each) => each.toLowerCase().includes(wanted));
}
