// Fetching resting orders.

import * as v from 'valibot';
import { SIDES } from '../../domain/holdings/market.ts';
import type { RestingOrder } from '../../domain/holdings/order.ts';
import type { RequestContext } from '../client.ts';
import { PATHS } from '../endpoints.ts';
import { contracts, dollars } from '../schemas.ts';
import { fetchList, type ListFailure } from './pagination.ts';

/** https://docs.kalshi.com/api-reference/orders/get-orders */
export const orderRowSchema = v.object({
  order_id: v.string(),
  ticker: v.string(),
  status: v.string(),
  /** Buying NO and selling YES are both `no` (https://docs.kalshi.com/getting_started/order_direction). */
  outcome_side: v.picklist(SIDES),
  yes_price_dollars: dollars,
  no_price_dollars: dollars,
  remaining_count_fp: contracts,
});

export interface OrdersReply {
  ok: true;
  resting: RestingOrder[];
  unreadable: number;
}

/**
 * Fetches them. By default the list is of all subaccounts, so it is restricted to that of the balance. The status is
 * checked in the row too: the filter was seen to let others through.
 */
export async function fetchOrders(context: RequestContext): Promise<OrdersReply | ListFailure> {
  const query = { status: 'resting', limit: '1000' };
  const reply = await fetchList(
    context,
    { path: PATHS.orders, query, namesSubaccount: true },
    'orders',
    orderRowSchema,
  );
  if (!reply.ok) return reply;
  const resting = reply.rows
    .filter((row) => row.status === 'resting' && row.remaining_count_fp > 0)
    .map(({ order_id: id, ticker, outcome_side: side, remaining_count_fp: count, ...row }) => ({
      id,
      ticker,
      side,
      count,
      price: side === 'yes' ? row.yes_price_dollars : row.no_price_dollars,
    }));
  return { ok: true, resting, unreadable: reply.unreadable };
}
