// Results by day of the user's calendar, and the sums of periods.

import * as v from 'valibot';
import { type Micros, microsSchema, ZERO } from '../money.ts';
import { limitedSum } from '../quantity.ts';
import { isClosing, type MarketResult, SLOT } from './market-result.ts';

export const resultDaySchema = v.object({
  /** The local midnight at which the day began, unix milliseconds. */
  day: v.number(),
  /** Sums of what was sold or settled on that day, micro-dollars. */
  cost: microsSchema,
  proceeds: microsSchema,
  fees: microsSchema,
  /** How many markets were sold or settled on that day, and how many of them for the last time so far. */
  markets: v.number(),
  last: v.number(),
  /** How much the cost of what is held changed on that day, micro-dollars. */
  basis: microsSchema,
});
export type ResultDay = v.InferOutput<typeof resultDaySchema>;

/** The sum of a period. Amounts in micro-dollars. */
export interface ResultSum {
  cost: Micros;
  proceeds: Micros;
  fees: Micros;
  /** How many markets were sold or settled. */
  markets: number;
}

export const NO_SUM: ResultSum = { cost: ZERO, proceeds: ZERO, fees: ZERO, markets: 0 };

/**
 * The results by day, oldest first; days on which nothing happened are left out.
 * @param midnightBefore the local midnight at or before a time
 */
export function resultDays(
  markets: Iterable<MarketResult>,
  midnightBefore: (at: number) => number,
): ResultDay[] {
  const days = new Map<number, ResultDay>();
  // Cached: thousands of markets settle at the same time.
  const midnights = new Map<number, number>();
  const midnightOf = (at: number) => {
    const slot = Math.floor(at / SLOT);
    const known = midnights.get(slot) ?? midnightBefore(at);
    midnights.set(slot, known);
    return known;
  };
  const dayOf = (at: number) => {
    const day = midnightOf(at);
    const found = days.get(day) ?? { ...NO_SUM, day, last: 0, basis: ZERO };
    days.set(day, found);
    return found;
  };
  for (const { parts } of markets) {
    let counted: ResultDay | undefined;
    for (const part of parts) {
      const day = dayOf(part.at);
      day.basis = limitedSum(day.basis, part.basis);
      if (!isClosing(part)) continue;
      day.cost = limitedSum(day.cost, part.cost);
      day.proceeds = limitedSum(day.proceeds, part.proceeds);
      day.fees = limitedSum(day.fees, part.fees);
      if (day !== counted) day.markets++;
      counted = day;
    }
    if (counted) counted.last++;
  }
  return [...days.values()].sort((a, b) => a.day - b.day);
}

/** The sum of all days from a local midnight until now. A market that was closed on several days counts once. */
export function sumSince(days: readonly ResultDay[], from: number): ResultSum {
  return addSums(days.filter(({ day }) => day >= from).map((day) => ({ ...day, markets: day.last })));
}

/** The sums of several accounts together. */
export function addSums(sums: readonly ResultSum[]): ResultSum {
  return sums.reduce(
    (all, each) => ({
      cost: limitedSum(all.cost, each.cost),
      proceeds: limitedSum(all.proceeds, each.proceeds),
      fees: limitedSum(all.fees, each.fees),
      markets: all.markets + each.markets,
    }),
    NO_SUM,
  );
}

/** What everything held at a time had cost, fees included, micro-dollars. `before`: unix milliseconds. */
export function basisBefore(days: readonly ResultDay[], before: number): Micros {
  return limitedSum(ZERO, ...days.filter(({ day }) => day < before).map(({ basis }) => basis));
}
