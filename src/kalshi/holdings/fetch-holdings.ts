// Fetching what an account holds. Each list that cannot be read keeps its last rows, with their time.

import { pendingPayouts } from '../../domain/holdings/event-group.ts';
import type { Holdings, ListName } from '../../domain/holdings/holdings.ts';
import { type Market, type MarketEvent, UNKNOWN_EVENT } from '../../domain/holdings/market.ts';
import { ordersOf } from '../../domain/holdings/order.ts';
import { type Position, positionOf } from '../../domain/holdings/position.ts';
import { latestSettlements } from '../../domain/holdings/settlement.ts';
import { countAndSum, type HoldingsSummary } from '../../domain/holdings/summary.ts';
import type { RequestContext } from '../client.ts';
import { fetchEvents } from './fetch-events.ts';
import { fetchMarkets } from './fetch-markets.ts';
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
    ...(settlements.ok ? settlements.settled : before.settlements),
  ];
  const tickers = [...new Set(named.map(({ ticker }) => ticker))];
  const fetched = await fetchMarkets(context, tickers);
  const markets = pick(tickers, { ...before.markets, ...fetched.markets });
  const rows = positions.held.flatMap((each) => positionOf(each, markets[each.ticker], now()) ?? []);
  const events = await eventsOf(context, rows, positions, before);

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
  const summary: HoldingsSummary = {
    at,
    readAt: at,
    readable: true,
    pending: countAndSum(pendingPayouts(rows, events).map(({ amount }) => amount)),
    orders: countAndSum(orderRows.map(({ committed }) => committed)),
  };
  return { kind: 'read', holdings, summary };
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

/** The events of the positions. What is constant about an event is fetched once, for those with several positions first. */
async function eventsOf(
  context: RequestContext,
  positions: readonly Position[],
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
  return Object.fromEntries(
    [...counts.keys()].map((event) => [
      event,
      {
        ...(before.events[event] ?? UNKNOWN_EVENT),
        ...fetched.get(event),
        exposure: exposures.get(event) ?? null,
      },
    ]),
  );
}
