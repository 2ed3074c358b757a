// Fetching what an account holds. Each list that cannot be read keeps its last rows, with their time.

import type { Holdings, ListName } from '../../domain/holdings/holdings.ts';
import { type Market, type MarketEvent, UNKNOWN_EVENT } from '../../domain/holdings/market.ts';
import { ordersOf } from '../../domain/holdings/order.ts';
import { heldContracts, type Position, positionOf } from '../../domain/holdings/position.ts';
import { latestFirst, latestSettlements } from '../../domain/holdings/settlement.ts';
import type { HoldingsSummary } from '../../domain/holdings/summary.ts';
import { summaryOf } from '../../domain/holdings/sums.ts';
import type { RequestContext } from '../client.ts';
import { fetchEvents } from './fetch-events.ts';
import { fetchMarkets } from './fetch-markets.ts';
import { fetchMilestones } from './fetch-milestones.ts';
import { fetchOrders } from './fetch-orders.ts';
import { fetchPositions, type PositionsReply } from './fetch-positions.ts';
import { fetchSettlements } from './fetch-settlements.ts';

/** How many settlements are shown. */
const MAX_SETTLEMENTS = 5;

/** The holdings; `denied` if the key may not read them; `failed` if there is no usable response. */
export type HoldingsReply =
  | { kind: 'read'; holdings: Holdings; summary: HoldingsSummary }
  | { kind: 'denied' }
  | { kind: 'failed' };

/**
 * Fetches all lists, one after the other. Throws only what signing throws.
 * @param before the holdings as last fetched
 */
export async function fetchHoldings(context: RequestContext, before: Holdings): Promise<HoldingsReply> {
  const now = () => context.transport.now();
  const positions = await fetchPositions(context);
  if (!positions.ok) return { kind: positions.reason === 'denied' ? 'denied' : 'failed' };
  const orders = await fetchOrders(context);
  const settlements = await fetchSettlements(context);

  const named: { ticker: string }[] = [
    ...positions.held,
    ...(orders.ok ? orders.resting : before.orders),
    ...(settlements.ok ? latestFirst(settlements.settled).slice(0, MAX_SETTLEMENTS) : before.settlements),
  ];
  const tickers = [...new Set(named.map(({ ticker }) => ticker))];
  const fetched = await fetchWithLegs(context, tickers, before);
  const known = { ...before.markets, ...fetched.markets };
  const markets = pick(withLegs(tickers, known), known);
  const rows = positions.held.flatMap((each) => positionOf(each, markets[each.ticker], now()) ?? []);
  const events = await eventsOf(context, rows, markets, positions, before);

  const held = new Map(positions.held.map(({ ticker, held }) => [ticker, held]));
  const orderRows = orders.ok ? ordersOf(orders.resting, held, markets) : before.orders;
  const at = now();
  const readAt = (list: ListName, ok: boolean) => (ok ? at : before.readAt[list]);
  const holdings: Holdings = {
    positions: rows,
    orders: orderRows,
    settlements: settlements.ok
      ? latestSettlements(settlements.settled, markets, MAX_SETTLEMENTS)
      : before.settlements,
    markets,
    events,
    readAt: {
      positions: at,
      markets: readAt('markets', fetched.ok),
      orders: readAt('orders', orders.ok),
      settlements: readAt('settlements', settlements.ok),
    },
    unreadable: {
      positions: positions.unreadable + inexactCount(positions, rows),
      markets: 0,
      orders: orders.ok
        ? orders.unreadable + orders.resting.length - orderRows.length
        : before.unreadable.orders,
      settlements: settlements.ok ? settlements.unreadable : before.unreadable.settlements,
    },
  };
  return { kind: 'read', holdings, summary: summaryOf(holdings, { at, readAt: at, pricesAt: at }) };
}

/** Their markets and those of the legs of combos: the known legs in the same requests, new ones in one more. */
async function fetchWithLegs(context: RequestContext, tickers: readonly string[], before: Holdings) {
  const wanted = withLegs(tickers, before.markets);
  const first = await fetchMarkets(context, wanted);
  const more = withLegs(tickers, first.markets).filter((ticker) => !wanted.includes(ticker));
  if (more.length === 0) return first;
  const second = await fetchMarkets(context, more);
  return { ok: first.ok && second.ok, markets: { ...first.markets, ...second.markets } };
}

function withLegs(tickers: readonly string[], markets: Readonly<Record<string, Market>>): string[] {
  return [
    ...new Set(tickers.flatMap((name) => [name, ...(markets[name]?.legs ?? []).map((leg) => leg.ticker)])),
  ];
}

/** Fetches the prices of the positions, with one request for most accounts. @returns null if they cannot be read */
export async function fetchPrices(context: RequestContext, before: Holdings): Promise<Holdings | null> {
  const fetched = await fetchMarkets(
    context,
    before.positions.map(({ ticker }) => ticker),
  );
  if (!fetched.ok) return null;
  const at = context.transport.now();
  const markets = { ...before.markets, ...fetched.markets };
  return {
    ...before,
    markets,
    positions: before.positions.flatMap((position) => {
      return positionOf(heldContracts(position), markets[position.ticker], at) ?? position;
    }),
    readAt: { ...before.readAt, markets: at },
  };
}

/** Positions that are held and whose amounts are not exact. */
function inexactCount({ held }: PositionsReply, rows: readonly Position[]): number {
  return held.filter((each) => each.held !== 0).length - rows.length;
}

function pick(names: readonly string[], all: Readonly<Record<string, Market>>): Record<string, Market> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const market = all[name];
      return market ? [[name, market]] : [];
    }),
  );
}

/**
 * The events of the positions and of the legs of combos. What is constant about an event is fetched once: the title of those
 * with several positions first, the beginning of those that close first.
 */
async function eventsOf(
  context: RequestContext,
  positions: readonly Position[],
  markets: Readonly<Record<string, Market>>,
  { exposures }: PositionsReply,
  before: Holdings,
): Promise<Record<string, MarketEvent>> {
  const counts = new Map<string, number>();
  for (const { event } of positions) counts.set(event, (counts.get(event) ?? 0) + 1);
  const known = (event: string) => before.events[event]?.title;
  const unknown = [...counts]
    .filter(([event, count]) => count > 1 && !known(event))
    .sort((a, b) => b[1] - a[1])
    .map(([event]) => event);
  const fetched = await fetchEvents(context, unknown);

  const all = new Set(eventsByClosing(positions, markets));
  const starts = await fetchMilestones(
    context,
    [...all].filter((event) => (before.events[event]?.starts ?? null) === null),
  );
  return Object.fromEntries(
    [...all].map((event) => {
      const earlier = before.events[event] ?? UNKNOWN_EVENT;
      const exposure = exposures.get(event) ?? null;
      return [
        event,
        { ...earlier, ...fetched.get(event), exposure, starts: starts.get(event) ?? earlier.starts },
      ];
    }),
  );
}

/** The events that say when positions are decided: of the positions, and instead of a combo's own those of its legs too. */
function eventsByClosing(
  positions: readonly Position[],
  markets: Readonly<Record<string, Market>>,
): string[] {
  return positions
    .toSorted((a, b) => (a.closesAt ?? Infinity) - (b.closesAt ?? Infinity))
    .flatMap(({ ticker, event }) => [event, ...(markets[ticker]?.legs ?? []).map((leg) => leg.event)])
    .filter(Boolean);
}
