// What an account holds: positions, pending payouts, resting orders, recent settlements.

import * as v from 'valibot';
import { add, CENT, DOLLAR, divide, type Micros, micros, multiply, subtract, ZERO } from '../money.ts';
import { microsSchema } from '../snapshot.ts';

export const SIDES = ['yes', 'no'] as const;
export type Side = (typeof SIDES)[number];

const nullableMicros = v.nullable(microsSchema);

export const positionSchema = v.object({
  ticker: v.string(),
  /** The ticker of the market's event. */
  event: v.string(),
  /** The market's title, and the answer that the side stands for; text from outside. */
  title: v.string(),
  answer: v.string(),
  side: v.picklist(SIDES),
  /** Contracts, in millionths: fractional contracts exist. */
  count: microsSchema,
  /** The average price of a contract, micro-dollars. */
  average: microsSchema,
  /** The last price of this side, micro-dollars; null if there is none. */
  price: nullableMicros,
  /** Contracts at the last price, micro-dollars. */
  value: nullableMicros,
  /** The value minus the value at yesterday's last price, micro-dollars. */
  change: nullableMicros,
  /** When the market closes, unix milliseconds. */
  closesAt: v.nullable(v.number()),
  /** The payout, micro-dollars, once the result is known; null before. */
  payout: nullableMicros,
});
export type Position = v.InferOutput<typeof positionSchema>;

export const orderSchema = v.object({
  id: v.string(),
  ticker: v.string(),
  title: v.string(),
  side: v.picklist(SIDES),
  /** Contracts still to be filled, in millionths. */
  count: microsSchema,
  /** The price of a contract of that side, micro-dollars. */
  price: microsSchema,
  /** Contracts at that price, micro-dollars. */
  committed: microsSchema,
});
export type Order = v.InferOutput<typeof orderSchema>;

export const settlementSchema = v.object({
  ticker: v.string(),
  title: v.string(),
  /** The payout minus costs and fees, micro-dollars. */
  net: microsSchema,
  /** Unix milliseconds. */
  at: v.number(),
});
export type Settlement = v.InferOutput<typeof settlementSchema>;

/** The rows of all lists; stored apart from the account's record, because they can be large. */
export interface Holdings {
  /** When they were fetched, unix milliseconds. */
  at: number;
  positions: Position[];
  orders: Order[];
  settlements: Settlement[];
}

const countedSchema = v.object({ count: v.number(), amount: microsSchema });

/** The sums of the holdings, part of the account's record. */
export const holdingsSummarySchema = v.object({
  /** When the holdings were last requested, unix milliseconds. */
  at: v.number(),
  /** Whether the key may read them. */
  readable: v.boolean(),
  /** The number of positions. */
  positions: v.number(),
  /** Pending payouts. */
  pending: countedSchema,
  /** Resting orders, with the money committed to them. */
  orders: countedSchema,
  /** Deposits and withdrawals of the last days; null if they could not be read. */
  transfers: v.nullable(v.array(v.object({ at: v.number(), amount: microsSchema }))),
});
export type HoldingsSummary = v.InferOutput<typeof holdingsSummarySchema>;

/** Before the first response. */
export const NO_HOLDINGS: HoldingsSummary = {
  at: 0,
  readable: true,
  positions: 0,
  pending: { count: 0, amount: ZERO },
  orders: { count: 0, amount: ZERO },
  transfers: null,
};

/** The part of a market that a position needs. */
export interface Market {
  event: string;
  title: string;
  yes: string;
  no: string;
  /** Last prices of YES today and yesterday, micro-dollars; null if there was no trade. */
  last: Micros | null;
  previous: Micros | null;
  closesAt: number | null;
  /** The payout of a YES contract, micro-dollars, once it is known and before it is paid. */
  settles: Micros | null;
}

/**
 * A position with the data of its market.
 * @param held contracts in millionths, negative for NO
 * @param exposure what was paid for them, micro-dollars
 * @returns null if nothing is held, or the amounts are too large to be exact
 */
export function positionOf(
  ticker: string,
  held: Micros,
  exposure: Micros,
  market: Market | undefined,
): Position | null {
  const side: Side = held < 0 ? 'no' : 'yes';
  const count = micros(Math.abs(held));
  const average = count && divide(exposure, count);
  if (!count || average === undefined) return null;
  const ofSide = (yes: Micros | null | undefined) =>
    yes === null || yes === undefined ? null : side === 'yes' ? yes : (subtract(DOLLAR, yes) ?? null);
  const [price, before, paid] = [ofSide(market?.last), ofSide(market?.previous), ofSide(market?.settles)];
  const worth = (each: Micros | null) => (each === null ? null : (multiply(each, count) ?? null));
  const [value, was] = [worth(price), worth(before)];
  return {
    ticker,
    event: market?.event ?? ticker,
    title: market?.title || ticker,
    answer: (side === 'yes' ? market?.yes : market?.no) ?? '',
    side,
    count,
    average,
    price,
    value,
    change: value === null || was === null ? null : (subtract(value, was) ?? null),
    closesAt: market?.closesAt ?? null,
    payout: worth(paid),
  };
}

/** Positions of one event. */
export interface EventGroup {
  event: string;
  title: string;
  positions: Position[];
}

/** The positions without a known result, grouped by event; the most valuable first. */
export function groupsOf(positions: readonly Position[]): EventGroup[] {
  const groups = new Map<string, EventGroup>();
  const open = positions.filter(({ payout }) => payout === null);
  for (const position of open.toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1))) {
    const { event, title } = position;
    const group = groups.get(event) ?? { event, title, positions: [] };
    group.positions.push(position);
    groups.set(event, group);
  }
  const worth = ({ positions }: EventGroup) => positions.reduce((sum, { value }) => sum + (value ?? 0), 0);
  return [...groups.values()].sort((a, b) => worth(b) - worth(a));
}

/** The positions with a known result that are not paid yet. */
export function pendingOf(positions: readonly Position[]): Position[] {
  return positions.filter(({ payout }) => payout !== null);
}

/** The number of amounts and their sum. Amounts that would make the sum inexact are left out. */
export function countAndSum(amounts: readonly (Micros | null)[]): { count: number; amount: Micros } {
  const amount = amounts.reduce<Micros>((sum, each) => add(sum, each ?? ZERO) ?? sum, ZERO);
  return { count: amounts.length, amount };
}

/** The summaries of several accounts combined; null if none is known. */
export function combineHoldingsSummaries(all: readonly (HoldingsSummary | null)[]): HoldingsSummary | null {
  const known = all.filter((sums) => sums !== null);
  const [first] = known;
  if (!first) return null;
  const together = (pick: (sums: HoldingsSummary) => { count: number; amount: Micros }) => ({
    count: known.reduce((sum, sums) => sum + pick(sums).count, 0),
    amount: countAndSum(known.map((sums) => pick(sums).amount)).amount,
  });
  return {
    at: Math.min(...known.map(({ at }) => at)),
    readable: known.some(({ readable }) => readable),
    positions: known.reduce((sum, { positions }) => sum + positions, 0),
    pending: together(({ pending }) => pending),
    orders: together(({ orders }) => orders),
    transfers: null, // each account's own change already excludes them
  };
}

/**
 * Kalshi's `portfolio_value` leaves cash out, as recorded answers show; one line of its changelog of 2025 says the
 * opposite. Where nothing is held and the value is the cash, to a cent, it is taken for the total.
 */
export function positionsValue(
  { cash, positions }: { cash: Micros; positions: Micros },
  sums: HoldingsSummary | null,
): Micros {
  const nothingHeld = sums?.readable === true && sums.positions === 0;
  return nothingHeld && cash !== 0 && Math.abs(positions - cash) <= CENT ? ZERO : positions;
}
