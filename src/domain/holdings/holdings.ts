// What an account holds: the lists with the time of each.

import * as v from 'valibot';
import { eventSchema, marketSchema } from './market.ts';
import { orderSchema } from './order.ts';
import { positionSchema } from './position.ts';
import { settlementSchema } from './settlement.ts';

/** The lists that are read on their own. One that cannot be read keeps its last rows, with their time. */
export const LISTS = ['positions', 'markets', 'orders', 'settlements'] as const;
export type ListName = (typeof LISTS)[number];

const perList = <T extends v.GenericSchema>(schema: T) =>
  v.object({ positions: schema, markets: schema, orders: schema, settlements: schema });

/** The rows of all lists; stored apart from the account's record, because they can be large. */
export const holdingsSchema = v.object({
  positions: v.array(positionSchema),
  orders: v.array(orderSchema),
  settlements: v.array(settlementSchema),
  /** By ticker: what is known about the markets and events of the rows. */
  markets: v.record(v.string(), marketSchema),
  events: v.record(v.string(), eventSchema),
  /** When each list was last read, unix milliseconds; null for never. */
  readAt: perList(v.nullable(v.number())),
  /** How many rows of each list could not be decoded. */
  unreadable: perList(v.number()),
});
export type Holdings = v.InferOutput<typeof holdingsSchema>;

/** Before the first response. */
export const EMPTY_HOLDINGS: Holdings = {
  positions: [],
  orders: [],
  settlements: [],
  markets: {},
  events: {},
  readAt: { positions: null, markets: null, orders: null, settlements: null },
  unreadable: { positions: 0, markets: 0, orders: 0, settlements: 0 },
};

/** Whether something was traded or settled between two readings: then there are new fills or settlements. */
export function haveHoldingsMoved(before: Holdings, after: Holdings): boolean {
  const key = ({ positions, settlements }: Holdings) =>
    JSON.stringify([
      positions.map(({ ticker, side, count, cost }) => [ticker, side, count, cost]),
      settlements.map(({ ticker, at }) => [ticker, at]),
    ]);
  return key(before) !== key(after);
}
