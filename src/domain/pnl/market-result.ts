// The result of one market: what was made or lost with what was sold again or settled, net of fees.

import { type Contracts, NO_CONTRACTS } from '../contracts.ts';
import { MINUTE_MS } from '../durations.ts';
import { CENT, type Micros, ZERO } from '../money.ts';
import { limitedSum, negate } from '../quantity.ts';
import type { Fill } from './fill.ts';

/**
 * The version of the computation of results: `marketResult` and `resultPeriods`. Increment it when they give other values for
 * the same fills and settlements: stored results are then computed again.
 */
export const RESULTS_COMPUTATION = 1;

/** What happened in a market within one quarter of an hour. Amounts in micro-dollars, counts in millionths. */
export interface ResultPart {
  /** When the last of it happened, unix milliseconds. */
  at: number;
  /** Contracts that were sold, and that were settled. Both 0 where a position was only opened. */
  sold: Contracts;
  settled: Contracts;
  /** What the contracts that were sold or settled had cost, without fees. */
  cost: Micros;
  /** What they brought, before fees. */
  proceeds: Micros;
  /** The fees of buying and selling them. The result is `proceeds − cost − fees`. */
  fees: Micros;
  /** How much the cost of what is still held changed, fees of buying included. */
  basis: Micros;
}

/** A market in which something was bought. */
export interface MarketResult {
  ticker: string;
  /** The side that was bought first. */
  side: Fill['side'];
  /** The result of the market, once it is settled: `yes`, `no`, another text for a scalar market; empty if it is not known. */
  outcome: string | null;
  /** Whether fills are missing or do not say what was paid, so that all of the result is that of Kalshi's own row. */
  partial: boolean;
  /** The result by Kalshi's own books of the settled market, net of fees, micro-dollars; null if it is in no list. */
  booked: Micros | null;
  /** Oldest first, at most one per quarter of an hour. */
  parts: ResultPart[];
}

/** The names of a market; texts from outside. Empty if the exchange no longer has it. */
export interface MarketNames {
  event: string;
  title: string;
  yes: string;
  no: string;
}

/** Parts are merged within a quarter of an hour: every time zone begins its days at one. Milliseconds. */
export const SLOT = 15 * MINUTE_MS;

export const NOTHING: ResultPart = {
  at: 0,
  sold: NO_CONTRACTS,
  settled: NO_CONTRACTS,
  cost: ZERO,
  proceeds: ZERO,
  fees: ZERO,
  basis: ZERO,
};

/** The result of one part. */
export function resultOf({ proceeds, cost, fees }: Pick<ResultPart, 'proceeds' | 'cost' | 'fees'>): Micros {
  return limitedSum(proceeds, negate(cost), negate(fees));
}

/** What is still held of a market had cost, with the fees of buying it, micro-dollars. */
export function openBasisOf({ parts }: Pick<MarketResult, 'parts'>): Micros {
  return parts.reduce<Micros>((sum, { basis }) => limitedSum(sum, basis), ZERO);
}

/** The result of a market: the sum of its parts. */
export function netResultOf({ parts }: Pick<MarketResult, 'parts'>): Micros {
  return parts.reduce<Micros>((sum, part) => limitedSum(sum, resultOf(part)), ZERO);
}

/**
 * Whether the result of a market is that of Kalshi's books to the cent; null while it is not settled, or in no list. Where
 * nothing but the books says what a market brought, there is nothing to compare.
 */
export function agreesWithBooks(market: Pick<MarketResult, 'parts' | 'booked' | 'outcome'>): boolean | null {
  if (market.booked === null || !market.outcome) return null;
  return Math.abs(netResultOf(market) - market.booked) <= CENT;
}

/** What the percentage of a result is of: the cost and the fees, so that everything lost is −100 %. */
export function costWithFees({ cost, fees }: Pick<ResultPart, 'cost' | 'fees'>): Micros {
  return limitedSum(cost, fees);
}

/** Whether something was sold or settled in a part: only then it has a result. Books do not say how many contracts. */
export function isClosing({ sold, settled, cost, proceeds, fees }: ResultPart): boolean {
  return sold > 0 || settled > 0 || cost !== 0 || proceeds !== 0 || fees !== 0;
}

/**
 * What a market brought within a period; null if nothing of it was sold or settled then.
 * @param from and `to`: unix milliseconds, without `to` itself
 */
export function partsWithin(market: MarketResult, from: number, to: number): ResultPart | null {
  const sum: ResultPart = { ...NOTHING };
  let closed = false;
  for (const part of market.parts) {
    if (part.at < from || part.at >= to || !isClosing(part)) continue;
    closed = true;
    addTo(sum, part);
  }
  return closed ? sum : null;
}

/** Adds a part, to the last one if that is of the same quarter of an hour. */
export function append(parts: ResultPart[], part: ResultPart): void {
  const last = parts.at(-1);
  if (!last || Math.floor(last.at / SLOT) !== Math.floor(part.at / SLOT)) {
    parts.push(part);
    return;
  }
  addTo(last, part);
}

/** Adds `part` to `sum`; the sum takes the later timestamp. */
function addTo(sum: ResultPart, part: ResultPart): void {
  sum.at = Math.max(sum.at, part.at);
  for (const name of ['sold', 'settled'] as const) sum[name] = limitedSum(sum[name], part[name]);
  for (const name of ['cost', 'proceeds', 'fees', 'basis'] as const) {
    sum[name] = limitedSum(sum[name], part[name]);
  }
}
