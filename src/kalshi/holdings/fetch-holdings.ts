// Fetching what an account holds: the lists of the portfolio, joined with their markets.

import * as v from 'valibot';
import {
  countAndSum,
  type Holdings,
  type HoldingsSummary,
  type Order,
  pendingOf,
  positionOf,
  type Settlement,
  SIDES,
} from '../../portfolio/holdings/holdings.ts';
import { add, type Micros, multiply, subtract } from '../../portfolio/money.ts';
import { PATHS } from '../endpoints.ts';
import { cents, dollars, time } from '../schemas.ts';
import { fetchMarkets } from './fetch-markets.ts';
import { fetchList, type List, type RequestContext } from './pagination.ts';

/** https://docs.kalshi.com/api-reference/portfolio/get-positions */
const positionSchema = v.object({
  ticker: v.string(),
  position_fp: dollars,
  market_exposure_dollars: dollars,
});

/** https://docs.kalshi.com/api-reference/orders/get-orders */
const orderSchema = v.object({
  order_id: v.string(),
  ticker: v.string(),
  outcome_side: v.picklist(SIDES),
  yes_price_dollars: dollars,
  no_price_dollars: dollars,
  remaining_count_fp: dollars,
});

/** https://docs.kalshi.com/api-reference/portfolio/get-settlements */
const settlementSchema = v.object({
  ticker: v.string(),
  revenue: cents,
  yes_total_cost_dollars: dollars,
  no_total_cost_dollars: dollars,
  fee_cost: dollars,
  settled_time: time,
});

/** Deposits and withdrawals alike. */
const transferSchema = v.object({
  status: v.string(),
  amount_cents: cents,
  created_ts: v.number(),
  finalized_ts: v.optional(v.nullable(v.number())),
});

/** Settlements that are shown. */
const RECENT = 5;

/** The holdings; `denied` if the key may not read them; `failed` if there is no usable response. */
export type HoldingsReply =
  | { kind: 'read'; holdings: Holdings; summary: HoldingsSummary }
  | { kind: 'denied' }
  | { kind: 'failed' };

/** Fetches all lists, one after the other. Throws only what signing throws. */
export async function fetchHoldings(context: RequestContext): Promise<HoldingsReply> {
  const positions = await fetchList(
    context,
    PATHS.positions,
    { count_filter: 'position', limit: '1000' },
    'market_positions',
    positionSchema,
  );
  if (!positions.ok) return { kind: positions.denied ? 'denied' : 'failed' };
  const orders = await fetchList(
    context,
    PATHS.orders,
    { status: 'resting', limit: '1000' },
    'orders',
    orderSchema,
  );
  const settlements = await fetchList(
    context,
    PATHS.settlements,
    { limit: String(RECENT) },
    'settlements',
    settlementSchema,
    1,
  );
  const transfers = await fetchTransfers(context);
  const named: { ticker: string }[] = [...positions.rows, ...rowsOf(orders), ...rowsOf(settlements)];
  const markets = await fetchMarkets(
    context,
    named.map(({ ticker }) => ticker),
  );
  const titleOf = (ticker: string) => markets.get(ticker)?.title || ticker;

  const at = context.transport.now();
  const holdings: Holdings = {
    at,
    positions: positions.rows
      .map((row) =>
        positionOf(row.ticker, row.position_fp, row.market_exposure_dollars, markets.get(row.ticker)),
      )
      .filter((position) => position !== null),
    orders: rowsOf(orders).flatMap((row): Order[] => {
      const price = row.outcome_side === 'yes' ? row.yes_price_dollars : row.no_price_dollars;
      const committed = multiply(price, row.remaining_count_fp);
      const { order_id: id, ticker, outcome_side: side, remaining_count_fp: count } = row;
      return committed === undefined
        ? []
        : [{ id, ticker, title: titleOf(ticker), side, count, price, committed }];
    }),
    settlements: rowsOf(settlements).flatMap((row): Settlement[] => {
      const net = [row.yes_total_cost_dollars, row.no_total_cost_dollars, row.fee_cost].reduce<
        Micros | undefined
      >((left, cost) => (left === undefined ? undefined : subtract(left, cost)), row.revenue);
      const { ticker, settled_time } = row;
      return net === undefined || settled_time === null
        ? []
        : [{ ticker, title: titleOf(ticker), net, at: settled_time }];
    }),
  };
  const summary: HoldingsSummary = {
    at,
    readable: true,
    positions: holdings.positions.length,
    pending: countAndSum(pendingOf(holdings.positions).map(({ payout }) => payout)),
    orders: countAndSum(holdings.orders.map(({ committed }) => committed)),
    transfers,
  };
  return { kind: 'read', holdings, summary };
}

function rowsOf<Row>(list: List<Row>): Row[] {
  return list.ok ? list.rows : [];
}

/** Deposits and withdrawals; null if either list could not be read. */
async function fetchTransfers(context: RequestContext): Promise<HoldingsSummary['transfers']> {
  const query = { limit: '100' };
  const deposits = await fetchList(context, PATHS.deposits, query, 'deposits', transferSchema, 1);
  const withdrawals = await fetchList(context, PATHS.withdrawals, query, 'withdrawals', transferSchema, 1);
  if (!deposits.ok || !withdrawals.ok) return null;
  const zero = 0 as Micros;
  const booked = (rows: typeof deposits.rows, sign: 1 | -1) =>
    rows
      .filter(({ status }) => status === 'applied')
      .map((row) => ({
        at: (row.finalized_ts ?? row.created_ts) * 1000,
        amount: (sign === 1 ? add(zero, row.amount_cents) : subtract(zero, row.amount_cents)) ?? zero,
      }));
  const since = context.transport.now() - 3 * 24 * 3_600_000;
  return [...booked(deposits.rows, 1), ...booked(withdrawals.rows, -1)].filter(({ at }) => at > since);
}
