// Settled markets and their result.

import * as v from 'valibot';
import { type Contracts, multiply } from '../contracts.ts';
import { DOLLAR, type Micros, microsSchema } from '../money.ts';
import { add, smaller, subtract } from '../quantity.ts';
import { type Market, nullableMicros, SIDES } from './market.ts';

export const settlementSchema = v.object({
  ticker: v.string(),
  /** The market's title and its result in words; texts from outside. */
  title: v.string(),
  answer: v.string(),
  /** The result; null for a scalar market, which has a value instead: what a YES contract was paid, micro-dollars. */
  result: v.nullable(v.picklist(SIDES)),
  value: nullableMicros,
  /** Everything received minus everything paid, micro-dollars. */
  net: microsSchema,
  /** Unix milliseconds. */
  at: v.number(),
});
export type Settlement = v.InferOutput<typeof settlementSchema>;

/** A settlement as the exchange reports it; amounts in micro-dollars, counts in millionths. */
export interface SettledMarket {
  ticker: string;
  result: string;
  yesCount: Contracts;
  yesCost: Micros;
  noCount: Contracts;
  noCost: Micros;
  revenue: Micros;
  /** What a YES contract was paid; null if the row does not say it, or not so that the revenue follows. */
  value: Micros | null;
  fees: Micros;
  at: number;
}

/**
 * The result of a settled market: revenue + one dollar per pair − costs − fees.
 *
 * Closing a position early is booked as buying the other side. Each pair of YES and NO was paid one dollar at that moment,
 * which is not part of `revenue`. Observed in recorded rows and reconciled against a real account by others; the sources are
 * in tests/exchange/recorded/settlements.ts.
 * @returns undefined if an amount is too large to be exact
 */
export function netOf(row: Omit<SettledMarket, 'ticker' | 'result' | 'value' | 'at'>): Micros | undefined {
  const paidForPairs = multiply(DOLLAR, smaller(row.yesCount, row.noCount));
  let net = paidForPairs === undefined ? undefined : add(row.revenue, paidForPairs);
  for (const cost of [row.yesCost, row.noCost, row.fees]) net = net === undefined ? net : subtract(net, cost);
  return net;
}

/** The rows, the latest first. */
export function latestFirst(rows: readonly SettledMarket[]): SettledMarket[] {
  return rows.toSorted((a, b) => b.at - a.at);
}

/** The latest settlements first, whatever their order in the response; without those that are not exact. */
export function latestSettlements(
  rows: readonly SettledMarket[],
  markets: Readonly<Record<string, Market>>,
  most: number,
): Settlement[] {
  return latestFirst(rows)
    .slice(0, most)
    .flatMap((row): Settlement[] => {
      const net = netOf(row);
      if (net === undefined) return [];
      const { ticker, at } = row;
      const market = markets[ticker];
      const result = SIDES.find((side) => side === row.result) ?? null;
      const answer = (result === 'no' ? market?.no : market?.yes) ?? '';
      const value = result === null ? row.value : null;
      return [{ ticker, title: market?.title || ticker, answer, result, value, net, at }];
    });
}
