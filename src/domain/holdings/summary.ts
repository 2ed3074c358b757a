// The sums of what an account holds, part of its record. In a file of its own: the toolbar and the options page need no rows.

import * as v from 'valibot';
import { type Micros, microsSchema, ZERO } from '../money.ts';
import { oldest } from '../polling/freshness.ts';
import { add } from '../quantity.ts';

const countedSchema = v.object({ count: v.number(), amount: microsSchema });

/** The sums of the holdings, part of the account's record. */
export const holdingsSummarySchema = v.object({
  /** When the holdings were last requested, unix milliseconds. */
  at: v.number(),
  /** When they were last read; null before the first response. */
  readAt: v.nullable(v.number()),
  /** When the prices were last read, which is more often; null before the first response. */
  pricesAt: v.nullable(v.number()),
  /** Whether the key may read them. */
  readable: v.boolean(),
  /** Pending payouts. */
  pending: countedSchema,
  /** Resting orders, with the money that their opening parts take. */
  orders: countedSchema,
  /** How many positions are decided today and tomorrow; `day`: the local midnight, unix milliseconds. */
  settling: v.array(v.object({ day: v.number(), count: v.number() })),
});
export type HoldingsSummary = v.InferOutput<typeof holdingsSummarySchema>;

/** Before the first response: nothing is known, not even that nothing is held. */
export const NO_HOLDINGS: HoldingsSummary = {
  at: 0,
  readAt: null,
  pricesAt: null,
  readable: true,
  pending: { count: 0, amount: ZERO },
  orders: { count: 0, amount: ZERO },
  settling: [],
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
  const days = [...new Set(known.flatMap(({ settling }) => settling.map(({ day }) => day)))];
  return {
    at: Math.min(...known.map(({ at }) => at)),
    readAt: oldest(known.map(({ readAt }) => readAt)),
    pricesAt: oldest(known.map(({ pricesAt }) => pricesAt)),
    readable: known.some(({ readable }) => readable),
    pending: together(({ pending }) => pending),
    orders: together(({ orders }) => orders),
    settling: days.map((day) => ({
      day,
      count: known.reduce((sum, { settling }) => sum + settlingOn(day, settling), 0),
    })),
  };
}

/** How many positions are decided on a day. @param day the local midnight, unix milliseconds */
export function settlingOn(day: number, settling: HoldingsSummary['settling']): number {
  return settling.find((each) => each.day === day)?.count ?? 0;
}
