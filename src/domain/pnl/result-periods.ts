// Results by period: a day of the user's calendar, or less, so that the days can be cut where the user is.

import * as v from 'valibot';
import { zoneOffset } from '../calendar.ts';
import { DAY_MS, HOUR_MS } from '../durations.ts';
import { type Micros, microsSchema, ZERO } from '../money.ts';
import { limitedSum } from '../quantity.ts';
import { isClosing, type MarketResult, SLOT } from './market-result.ts';

export const resultPeriodSchema = v.object({
  /** When it began, unix milliseconds. */
  start: v.number(),
  /** Sums of what was sold or settled in it, micro-dollars. */
  cost: microsSchema,
  proceeds: microsSchema,
  fees: microsSchema,
  /** How many markets were sold or settled in it, and how many of them for the last time so far. */
  markets: v.number(),
  marketsClosedFinally: v.number(),
  /** How much the cost of what is held changed in it, micro-dollars. */
  basis: microsSchema,
});
export type ResultPeriod = v.InferOutput<typeof resultPeriodSchema>;

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
 * The results by period, oldest first; those in which nothing happened are left out.
 * @param startOf when the period of a time began (`midnightBefore` for days), the same for all of a quarter of an hour
 */
export function resultPeriods(
  markets: Iterable<MarketResult>,
  startOf: (at: number) => number,
): ResultPeriod[] {
  const periods = new Map<number, ResultPeriod>();
  // Cached: thousands of markets settle at the same time.
  const starts = new Map<number, number>();
  const cachedStart = (at: number) => {
    const slot = Math.floor(at / SLOT);
    const known = starts.get(slot) ?? startOf(at);
    starts.set(slot, known);
    return known;
  };
  const periodOf = (at: number) => {
    const start = cachedStart(at);
    const found = periods.get(start) ?? { ...NO_SUM, start, marketsClosedFinally: 0, basis: ZERO };
    periods.set(start, found);
    return found;
  };
  for (const { parts } of markets) {
    let counted: ResultPeriod | undefined;
    for (const part of parts) {
      const period = periodOf(part.at);
      period.basis = limitedSum(period.basis, part.basis);
      if (!isClosing(part)) continue;
      period.cost = limitedSum(period.cost, part.cost);
      period.proceeds = limitedSum(period.proceeds, part.proceeds);
      period.fees = limitedSum(period.fees, part.fees);
      if (period !== counted) period.markets++;
      counted = period;
    }
    if (counted) counted.marketsClosedFinally++;
  }
  return [...periods.values()].sort((a, b) => a.start - b.start);
}

/** Up to when results are kept by the quarter of an hour, and by the hour; older ones are one sum. Milliseconds. */
const [QUARTERS_KEPT, HOURS_KEPT] = [32 * DAY_MS, 400 * DAY_MS];

/**
 * The periods that are stored (`startOf` of `resultPeriods`). Days are cut from them where they are shown, in the time zone of
 * then: a day begins at a quarter of an hour everywhere. What is older than the range of a month is stored by the hour of the
 * present time zone, so that a year takes at most some thousand of them.
 * @param now unix milliseconds
 */
export function storedPeriodStart(now: number): (at: number) => number {
  return (at) => {
    if (at >= now - QUARTERS_KEPT) return Math.floor(at / SLOT) * SLOT;
    const offset = zoneOffset(at);
    return at >= now - HOURS_KEPT ? Math.floor((at + offset) / HOUR_MS) * HOUR_MS - offset : 0;
  };
}

/** The sum of all periods from a local midnight until now. A market that was closed in several of them counts once. */
export function sumSince(periods: readonly ResultPeriod[], from: number): ResultSum {
  const since = periods.filter(({ start }) => start >= from);
  return addSums(since.map((period) => ({ ...period, markets: period.marketsClosedFinally })));
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
export function basisBefore(periods: readonly ResultPeriod[], before: number): Micros {
  return limitedSum(ZERO, ...periods.filter(({ start }) => start < before).map(({ basis }) => basis));
}
