// Resting orders: what they take if they are filled, and what they bring where they close a position.

import * as v from 'valibot';
import { type Contracts, contractsSchema, multiply, NO_CONTRACTS } from '../contracts.ts';
import { DOLLAR, type Micros, microsSchema } from '../money.ts';
import { larger, limitedSum, negate, smaller, subtract } from '../quantity.ts';
import { type Market, SIDES, type Side } from './market.ts';

export const orderSchema = v.object({
  id: v.string(),
  ticker: v.string(),
  /** The market's title, and the answer that the side stands for; texts from outside. */
  title: v.string(),
  answer: v.string(),
  /** The side that the order buys. Selling a side is reported as buying the other one. */
  side: v.picklist(SIDES),
  /** Contracts still to be filled, in millionths. */
  count: contractsSchema,
  /** The price of a contract of that side, micro-dollars. */
  price: microsSchema,
  /** How many of the contracts close a position of the other side, in millionths. */
  closes: contractsSchema,
  /** What the opening part costs, and what the closing part brings, micro-dollars. */
  committed: microsSchema,
  brings: microsSchema,
});
export type Order = v.InferOutput<typeof orderSchema>;

/** An order as the exchange reports it. */
export interface RestingOrder {
  id: string;
  ticker: string;
  side: Side;
  count: Contracts;
  price: Micros;
}

/**
 * Orders with their effect. Each order is offset against the position of the other side first, because selling YES is
 * reported as buying NO (https://docs.kalshi.com/getting_started/order_direction): what closes a position takes nothing and
 * brings one dollar minus its price. Of several closing orders, the one that fills first (at the highest price) comes first.
 * @param held contracts by ticker, in millionths, negative for NO
 * @returns orders whose amounts are exact; the others are counted as unreadable by the caller
 */
export function ordersOf(
  resting: readonly RestingOrder[],
  held: ReadonlyMap<string, Contracts>,
  markets: Readonly<Record<string, Market>>,
): Order[] {
  const left = new Map(held);
  return resting
    .toSorted((a, b) => b.price - a.price)
    .flatMap((order): Order[] => {
      const { ticker, side, count, price } = order;
      const position = left.get(ticker) ?? NO_CONTRACTS;
      const opposite = larger(NO_CONTRACTS, side === 'no' ? position : negate(position));
      const closes = smaller(count, opposite);
      left.set(ticker, limitedSum(position, side === 'no' ? negate(closes) : closes));
      const opens = subtract(count, closes);
      const proceeds = subtract(DOLLAR, price);
      const committed = opens === undefined ? undefined : multiply(price, opens);
      const brings = proceeds === undefined ? undefined : multiply(proceeds, closes);
      if (committed === undefined || brings === undefined) return [];
      const market = markets[ticker];
      const answer = (side === 'yes' ? market?.yes : market?.no) ?? '';
      return [{ ...order, title: market?.title || ticker, answer, closes, committed, brings }];
    });
}
