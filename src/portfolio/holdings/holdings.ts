// What an account holds: the lists with the time of each, and their sums.

import * as v from 'valibot';
import { add, type Micros, ZERO } from '../money.ts';
import { microsSchema } from '../snapshot.ts';
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

const countedSchema = v.object({ count: v.number(), amount: microsSchema });

/** The sums of the holdings, part of the account's record. */
export const holdingsSummarySchema = v.object({
  /** When the holdings were last requested, unix milliseconds. */
  at: v.number(),
  /** When they were last read; null before the first response. */
  readAt: v.nullable(v.number()),
  /** Whether the key may read them. */
  readable: v.boolean(),
  /** Pending payouts. */
  pending: countedSchema,
  /** Resting orders, with the money that their opening parts take. */
  orders: countedSchema,
});
export type HoldingsSummary = v.InferOutput<typeof holdingsSummarySchema>;

/** Before the first response: nothing is known, not even that nothing is held. */
export const NO_HOLDINGS: HoldingsSummary = {
  at: 0,
  readAt: null,
  readable: true,
  pending: { count: 0, amount: ZERO },
  orders: { count: 0, amount: ZERO },
};

/** The number of amounts and their sum. Amounts that would make the sum inexact are left out. */
export function countAndSum(amounts: readonly Micros[]): { count: number; amount: Micros } {
  const amount = amounts.reduce<Micros>((sum, each) => add(sum, each) ?? sum, ZERO);
  return { count: amounts.length, amount };
}

/** The summaries of several accounts combined; null if none is known. */
export function combineHoldingsSummaries(all: readonly (HoldingsSummary | null)[]): HoldingsSummary | null {
  const known = all.filter((sums) => sums !== null);
  if (known.length === 0) return null;
  const together = (pick: (sums: HoldingsSummary) => { count: number; amount: Micros }) => ({
    count: known.reduce((sum, sums) => sum + pick(sums).count, 0),
    amount: countAndSum(known.map((sums) => pick(sums).amount)).amount,
  });
  const readAt = known.map(({ readAt }) => readAt).filter((at) => at !== null);
  return {
    at: Math.min(...known.map(({ at }) => at)),
    readAt: readAt.length > 0 ? Math.min(...readAt) : null,
    readable: known.some(({ readable }) => readable),
    pending: together(({ pending }) => pending),
    orders: together(({ orders }) => orders),
  };
}
