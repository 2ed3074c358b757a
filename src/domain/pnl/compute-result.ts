// The result of one market from its fills and from what Kalshi's lists say about it.
//
// Sources: selling a side is booked as buying the other one, and each pair of YES and NO is paid one dollar at that moment
// (https://docs.kalshi.com/getting_started/order_direction; recorded settlements in tests/exchange/recorded/settlements.ts).
// What remains of a position keeps its average cost (recorded in tests/exchange/recorded/positions.ts).

import { type Contracts, multiply, NO_CONTRACTS } from '../contracts.ts';
import { netOf, type SettledMarket } from '../holdings/settlement.ts';
import { CENT, DOLLAR, type Micros, ZERO } from '../money.ts';
import { isLimited, larger, limitedSum, negate, proportion, smaller } from '../quantity.ts';
import type { Fill } from './fill.ts';
import type { Books, MarketFacts } from './market-facts.ts';
import {
  append,
  isClosing,
  type MarketResult,
  NOTHING,
  netResultOf,
  type ResultPart,
} from './market-result.ts';

/** Contracts of one side, in millionths, with their cost and fees. */
interface Holding {
  side: Fill['side'];
  count: Contracts;
  cost: Micros;
  fees: Micros;
}

/** What the fills of a market amount to. */
interface Replayed {
  /** What is still held after the last of them. */
  open: Holding;
  parts: ResultPart[];
  /** Everything that was bought of each side, and the fees of all fills. */
  bought: Record<Fill['side'], { count: Contracts; cost: Micros }>;
  fees: Micros;
}

/**
 * The result of a market from its fills, its settlement, and where that is archived, from how the market ended or from
 * Kalshi's own books.
 * @param fills every fill of the market, oldest first
 * @returns undefined if nothing is known about the market, or an amount is too large to be exact
 */
export function marketResult(
  ticker: string,
  fills: readonly Fill[],
  { settled, ending, books }: MarketFacts,
): MarketResult | undefined {
  const replayed = replay(fills);
  if (!replayed) return undefined;
  const closed = settled
    ? closedBySettlement(replayed, settled)
    : { parts: replayed.parts, partial: !ending && books !== null };
  if (!settled && ending) {
    const yes = replayed.open.side === 'yes' ? ending.value : limitedSum(DOLLAR, negate(ending.value));
    const payout = multiply(yes, replayed.open.count);
    if (payout === undefined) return undefined;
    close(replayed, ending.at, payout, missingFees(replayed, books?.fees));
  } else if (!settled && books) {
    closeByBooks(replayed, books);
  }
  const result: MarketResult = {
    ticker,
    side: fills[0]?.side ?? (settled && settled.noCount > settled.yesCount ? 'no' : 'yes'),
    outcome: settled?.result ?? ending?.result ?? (books ? '' : null),
    partial: closed.partial,
    booked: books && limitedSum(books.realized, negate(books.fees)),
    parts: closed.parts,
  };
  return result.parts.length > 0 && result.parts.every(isExact) ? result : undefined;
}

/** Closes what is open with a settlement. Where the fills are not all of it, the settlement's own total counts. */
function closedBySettlement(replayed: Replayed, row: SettledMarket): Pick<MarketResult, 'parts' | 'partial'> {
  const { open, bought, parts } = replayed;
  const hasAll = row.yesCount === bought.yes.count && row.noCount === bought.no.count;
  // Where a settlement floor was above 0, contracts cost less than their price, and pairs brought less than a dollar.
  const floors = hasAll ? limitedSum(bought.yes.cost, negate(row.yesCost)) : ZERO;
  const other = hasAll ? limitedSum(bought.no.cost, negate(row.noCost)) : ZERO;
  if (!hasAll || isApart(floors, ZERO) || isApart(other, ZERO)) {
    const kept = proportion(floors, smaller(row.yesCount, row.noCount), row.yesCount);
    return { parts: partOfSettlement(row, kept), partial: true };
  }
  // A floor that was raised while YES was held was paid at that moment, and is missing from the revenue.
  const full = open.side === 'yes' && row.value !== null ? multiply(row.value, open.count) : undefined;
  const isFloored = full !== undefined && full > row.revenue && isApart(full, row.revenue);
  const paid = isFloored ? full : row.revenue;
  if (open.count > 0 || paid > 0) close(replayed, row.at, paid, missingFees(replayed, row.fees));
  else addFees(parts, missingFees(replayed, row.fees));
  return { parts, partial: isFloored };
}

/** Whether two amounts differ by more than a cent: Kalshi's whole cents explain less. */
function isApart(a: Micros, b: Micros): boolean {
  return Math.abs(a - b) > CENT;
}

/** Fees that the fills lack: until January 2026 they were not listed with them. `known`: the fees by another list */
function missingFees({ fees }: Replayed, known: Micros | undefined): Micros {
  return known === undefined ? ZERO : larger(ZERO, limitedSum(known, negate(fees)));
}

/** Closes what is open. @param payout and `fees`, which the fills lack: micro-dollars; `at`: unix milliseconds */
function close({ open, parts }: Replayed, at: number, payout: Micros, fees: Micros): void {
  append(parts, {
    at,
    sold: NO_CONTRACTS,
    settled: open.count,
    cost: open.cost,
    proceeds: payout,
    fees: limitedSum(open.fees, fees),
    basis: negate(limitedSum(open.cost, open.fees)),
  });
}

/** Adds fees to the last sale. */
function addFees(parts: readonly ResultPart[], fees: Micros): void {
  const last = parts.findLast(isClosing);
  if (last) last.fees = limitedSum(last.fees, fees);
}

/** Closes what is open so that the result of the market is that of Kalshi's books. */
function closeByBooks(replayed: Replayed, books: Books): void {
  const { open, parts } = replayed;
  const missing = missingFees(replayed, books.fees);
  if (parts.length === 0) {
    const proceeds = limitedSum(books.realized, books.traded);
    parts.push({ ...NOTHING, at: books.at, cost: books.traded, proceeds, fees: books.fees });
    return;
  }
  const made = netResultOf(replayed);
  const net = limitedSum(books.realized, negate(books.fees));
  const rest = limitedSum(net, negate(made), open.cost, open.fees, missing);
  if (open.count > 0) close(replayed, books.at, rest, missing);
  else addFees(parts, missing);
}

/** Everything that a settlement says. @param kept what its pairs brought less than a dollar each, micro-dollars */
function partOfSettlement(row: SettledMarket, kept: Micros): ResultPart[] {
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
      proceeds: limitedSum(net, cost, row.fees, negate(kept)),
      fees: row.fees,
      basis: ZERO,
    },
  ];
}

function isExact(part: ResultPart): boolean {
  return [part.cost, part.proceeds, part.fees, part.basis].every((amount) => !isLimited(amount));
}

/** Goes through the fills. @returns undefined if an amount is too large to be exact */
function replay(fills: readonly Fill[]): Replayed | undefined {
  let open: Holding = { side: 'yes', count: NO_CONTRACTS, cost: ZERO, fees: ZERO };
  const parts: ResultPart[] = [];
  const none = { count: NO_CONTRACTS, cost: ZERO };
  const bought = { yes: { ...none }, no: { ...none } };
  let allFees = ZERO;
  for (const { side, count, price, fee, at } of fills) {
    const closed = side === open.side ? NO_CONTRACTS : smaller(count, open.count);
    const opened = limitedSum(count, negate(closed));
    // Truncated: the rest stays with what remains, so that all proportions add up.
    const cost = proportion(open.cost, closed, open.count);
    const fees = proportion(open.fees, closed, open.count);
    const closingFee = proportion(fee, closed, count);
    const proceeds = multiply(limitedSum(DOLLAR, negate(price)), closed);
    const paid = multiply(price, opened);
    const all = multiply(price, count);
    if (proceeds === undefined || paid === undefined || all === undefined) return undefined;
    const openingFee = limitedSum(fee, negate(closingFee));
    allFees = limitedSum(allFees, fee);
    bought[side] = {
      count: limitedSum(bought[side].count, count),
      cost: limitedSum(bought[side].cost, all),
    };
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
  return { open, parts, bought, fees: allFees };
}
