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
  return {
    at: Math.min(...known.map(({ at }) => at)),
    readAt: oldest(known.map(({ readAt }) => readAt)),
    readable: known.some(({ readable }) => readable),
    pending: together(({ pending }) => pending),
    orders: together(({ orders }) => orders),
  };
}
