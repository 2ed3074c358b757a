// The result of one market: what was made or lost with what was sold again or settled, net of fees.
//
// Sources: selling a side is booked as buying the other one, and each pair of YES and NO is paid one dollar at that moment
// (https://docs.kalshi.com/getting_started/order_direction; recorded settlements in tests/exchange/recorded/settlements.ts).
// What remains of a position keeps its average cost (recorded in tests/exchange/recorded/positions.ts).

import { type Contracts, multiply, NO_CONTRACTS } from '../contracts.ts';
import { MINUTE_MS } from '../durations.ts';
import { netOf, type SettledMarket } from '../holdings/settlement.ts';
import { DOLLAR, type Micros, ZERO } from '../money.ts';
import { isLimited, larger, limitedSum, negate, proportion, smaller } from '../quantity.ts';
import type { Fill } from './fill.ts';

/**
 * The version of the computation of results: `marketResult` and `resultDays`. Increment it when they give other values for
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
  side: 'yes' | 'no';
  /** The result of the market, once it is settled: `yes`, `no`, or another text for a scalar market. */
  outcome: string | null;
  /** Whether fills are missing, so that all of the result is that of the settlement. */
  partial: boolean;
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

const NOTHING: ResultPart = {
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

/** What the percentage of a result is of: the cost and the fees, so that everything lost is −100 %. */
export function costWithFees({ cost, fees }: Pick<ResultPart, 'cost' | 'fees'>): Micros {
  return limitedSum(cost, fees);
}

/** Whether something was sold or settled in a part: only then it has a result. */
export function isClosing({ sold, settled }: Pick<ResultPart, 'sold' | 'settled'>): boolean {
  return sold > 0 || settled > 0;
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

/** An open position: contracts of one side, in millionths, with their cost and the fees of buying them. */
interface Open {
  side: Fill['side'];
  count: Contracts;
  cost: Micros;
  fees: Micros;
}

/**
 * The result of a market from its fills and its settlement.
 * @param fills every fill of the market, oldest first
 * @param settled null while it is not settled
 * @returns undefined if nothing is known about the market, or an amount is too large to be exact
 */
export function marketResult(
  ticker: string,
  fills: readonly Fill[],
  settled: SettledMarket | null,
): MarketResult | undefined {
  const replayed = replay(fills);
  if (!replayed) return undefined;
  const { open, parts, bought } = replayed;
  const complete = !settled || (settled.yesCount === bought.yes && settled.noCount === bought.no);
  const side = fills[0]?.side ?? (settled && settled.yesCount >= settled.noCount ? 'yes' : 'no');
  const outcome = settled?.result ?? null;
  if (settled && complete && (open.count > 0 || settled.revenue > 0)) {
    append(parts, {
      at: settled.at,
      sold: NO_CONTRACTS,
      settled: open.count,
      cost: open.cost,
      proceeds: settled.revenue,
      fees: open.fees,
      basis: negate(limitedSum(open.cost, open.fees)),
    });
  }
  const result: MarketResult = {
    ticker,
    side,
    outcome,
    partial: !complete,
    parts: settled && !complete ? partOfSettlement(settled) : parts,
  };
  if (result.parts.length === 0 || !result.parts.every(isExact)) return undefined;
  return result;
}

/** Everything that a settlement says, where not all fills are known. Its own total is right without them. */
function partOfSettlement(row: SettledMarket): ResultPart[] {
  const net = netOf(row);
  if (net === undefined) return [];
  const pairs = smaller(row.yesCount, row.noCount);
  const cost = limitedSum(row.yesCost, row.noCost);
  return [
    {
      at: row.at,
      sold: pairs,
      settled: limitedSum(larger(row.yesCount, row.noCount), negate(pairs)),
      cost,
      proceeds: limitedSum(net, cost, row.fees),
      fees: row.fees,
      basis: ZERO,
    },
  ];
}

function isExact(part: ResultPart): boolean {
  return [part.cost, part.proceeds, part.fees, part.basis].every((amount) => !isLimited(amount));
}

/** Goes through the fills. @returns undefined if an amount is too large to be exact */
function replay(fills: readonly Fill[]) {
  let open: Open = { side: 'yes', count: NO_CONTRACTS, cost: ZERO, fees: ZERO };
  const parts: ResultPart[] = [];
  const bought = { yes: NO_CONTRACTS, no: NO_CONTRACTS };
  for (const { side, count, price, fee, at } of fills) {
    bought[side] = limitedSum(bought[side], count);
    const closed = side === open.side ? NO_CONTRACTS : smaller(count, open.count);
    const opened = limitedSum(count, negate(closed));
    // Truncated: the rest stays with what remains, so that all proportions add up.
    const cost = proportion(open.cost, closed, open.count);
    const fees = proportion(open.fees, closed, open.count);
    const closingFee = proportion(fee, closed, count);
    const proceeds = multiply(limitedSum(DOLLAR, negate(price)), closed);
    const paid = multiply(price, opened);
    if (proceeds === undefined || paid === undefined) return undefined;
    const openingFee = limitedSum(fee, negate(closingFee));
    open = {
      side: opened > 0 ? side : open.side,
      count: limitedSum(open.count, negate(closed), opened),
      cost: limitedSum(open.cost, negate(cost), paid),
      fees: limitedSum(open.fees, negate(fees), openingFee),
    };
    append(parts, {
      at,
      sold: closed,
      settled: NO_CONTRACTS,
      cost,
      proceeds,
      fees: closed > 0 ? limitedSum(fees, closingFee) : ZERO,
      basis: limitedSum(paid, openingFee, negate(cost), negate(fees)),
    });
  }
  return { open, parts, bought };
}

/** Adds a part, to the last one if that is of the same quarter of an hour. */
function append(parts: ResultPart[], part: ResultPart): void {
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
