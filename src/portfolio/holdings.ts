// What an account holds: positions, what is about to be paid out, resting orders, recent settlements.

import * as v from 'valibot';
import { add, divide, type Micros, micros, multiply, subtract, ZERO } from './money.ts';
import { microsSchema } from './snapshot.ts';

export const SIDES = ['yes', 'no'] as const;
export type Side = (typeof SIDES)[number];

const nullableMicros = v.nullable(microsSchema);

export const positionSchema = v.object({
  ticker: v.string(),
  /** The event that the market belongs to. */
  event: v.string(),
  /** What the market asks, and which of its answers this is; text from outside. */
  title: v.string(),
  answer: v.string(),
  side: v.picklist(SIDES),
  /** Contracts, in millionths: fractional contracts exist. */
  count: microsSchema,
  /** What was paid for one contract on average, micro-dollars. */
  average: microsSchema,
  /** The last price of this side, micro-dollars; null if there is none. */
  price: nullableMicros,
  /** Contracts at the last price, micro-dollars. */
  value: nullableMicros,
  /** The same less what it was at yesterday's last price, micro-dollars. */
  change: nullableMicros,
  /** When the market closes, unix milliseconds. */
  closesAt: v.nullable(v.number()),
  /** What will be paid, micro-dollars, once the result is known; null before. */
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
  /** For one contract of that side, micro-dollars. */
  price: microsSchema,
  /** Contracts at that price, micro-dollars. */
  committed: microsSchema,
});
export type Order = v.InferOutput<typeof orderSchema>;

export const settlementSchema = v.object({
  ticker: v.string(),
  title: v.string(),
  /** Paid out less what the contracts cost and the fees, micro-dollars. */
  net: microsSchema,
  /** Unix milliseconds. */
  at: v.number(),
});
export type Settlement = v.InferOutput<typeof settlementSchema>;

/** Everything that only lists can say; kept apart from the snapshot, because it can be large. */
export interface Holdings {
  /** When it was read, unix milliseconds. */
  at: number;
  positions: Position[];
  orders: Order[];
  settlements: Settlement[];
}

const countedSchema = v.object({ count: v.number(), amount: microsSchema });

/** The few figures of it that are read with the snapshot. */
export const holdingsSummarySchema = v.object({
  /** When it was last asked for, unix milliseconds. */
  at: v.number(),
  /** Whether the key may read it. */
  readable: v.boolean(),
  /** How many positions are held. */
  positions: v.number(),
  /** Results known and not paid yet. */
  pending: countedSchema,
  /** Resting orders and the money committed to them. */
  orders: countedSchema,
  /** Paid in and out in the last days, positive in; null where it could not be read. */
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

/** A market as far as a position needs it. */
export interface Market {
  event: string;
  title: string;
  yes: string;
  no: string;
  /** Last prices of YES today and yesterday, micro-dollars; null if there was no trade. */
  last: Micros | null;
  previous: Micros | null;
  closesAt: number | null;
  /** What a contract of YES is paid, micro-dollars, once that is known and before it is paid. */
  settles: Micros | null;
}

/** A contract pays one dollar. */
const DOLLAR = 1_000_000 as Micros;

/**
 * A position with what its market says.
 * @param held contracts in millionths, negative for NO
 * @param exposure what was paid for them, micro-dollars
 * @returns null where nothing is held, or the amounts are too large to be exact
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

/** Those that can still move, grouped by event; what is worth most comes first. */
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

/** Those whose result is known and that are not paid yet. */
export function pendingOf(positions: readonly Position[]): Position[] {
  return positions.filter(({ payout }) => payout !== null);
}

/** How many, and how much together. What a number could not hold exactly is left out. */
export function countAndSum(amounts: readonly (Micros | null)[]): { count: number; amount: Micros } {
  const amount = amounts.reduce<Micros>((sum, each) => add(sum, each ?? ZERO) ?? sum, ZERO);
  return { count: amounts.length, amount };
}

/** The sums of several accounts as one; null where none is known. */
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
    transfers: null, // each account's own change is already net of them
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
const CENT = 10_000;
