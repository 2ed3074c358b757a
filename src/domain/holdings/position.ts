// A position: contracts of one side of a market, with their cost, value and payout.

import * as v from 'valibot';
import { type Contracts, contractsSchema, divide, multiply } from '../contracts.ts';
import { DAY_MS } from '../durations.ts';
import { DOLLAR, type Micros } from '../money.ts';
import { negate, subtract } from '../quantity.ts';
import { type Market, nullableMicros, SIDES, type Side, thresholdSchema } from './market.ts';

export const positionSchema = v.object({
  ticker: v.string(),
  /** The ticker of the market's event. */
  event: v.string(),
  /** The market's title, and the answer that the side stands for; texts from outside. */
  title: v.string(),
  answer: v.string(),
  side: v.picklist(SIDES),
  /** Contracts, in millionths: fractional contracts exist. */
  count: contractsSchema,
  /** What was paid for the contracts held, without fees, micro-dollars; null if the exchange's figure is negative. */
  cost: nullableMicros,
  /** The average price of a contract, micro-dollars; null if the cost is unknown. */
  average: nullableMicros,
  /** The last price and the best bid of this side, micro-dollars; null if there is none. */
  price: nullableMicros,
  bid: nullableMicros,
  /** Contracts at the last price, micro-dollars. */
  value: nullableMicros,
  /** The value minus the value at the last price a day ago, micro-dollars; null if the position is younger than that. */
  dayMove: nullableMicros,
  /** When the market closes or its result is expected, unix milliseconds. */
  closesAt: v.nullable(v.number()),
  /** When the position last changed, unix milliseconds; null if unknown. */
  changedAt: v.nullable(v.number()),
  /** The payout, micro-dollars, once the result is known; null before. */
  payout: nullableMicros,
  /** For which values YES pays; missing if that is not known. */
  threshold: v.exactOptional(thresholdSchema),
});
export type Position = v.InferOutput<typeof positionSchema>;

/** A position as the exchange reports it. */
export interface HeldContracts {
  ticker: string;
  /** Contracts in millionths, negative for NO. */
  held: Contracts;
  /** What was paid for them, micro-dollars (`market_exposure_dollars`); null if unknown. */
  exposure: Micros | null;
  /** When the position last changed, unix milliseconds; null if unknown. */
  changedAt: number | null;
}

/** The price of one side, given the price of YES. */
export function priceOf(side: Side, yes: Micros | null | undefined): Micros | null {
  if (yes === null || yes === undefined) return null;
  return side === 'yes' ? yes : (subtract(DOLLAR, yes) ?? null);
}

/**
 * A position with the data of its market.
 * @param now unix milliseconds
 * @returns null if nothing is held, or the amounts are too large to be exact
 */
export function positionOf(
  { ticker, held, exposure, changedAt }: HeldContracts,
  market: Market | undefined,
  now: number,
): Position | null {
  const side: Side = held < 0 ? 'no' : 'yes';
  const count = side === 'no' ? negate(held) : held;
  if (count === 0) return null;
  const cost = exposure === null || exposure < 0 ? null : exposure;
  const average = cost === null ? null : divide(cost, count);
  if (average === undefined) return null;
  const worth = (price: Micros | null) => (price === null ? null : (multiply(price, count) ?? null));
  const price = priceOf(side, market?.last);
  const [value, valueBefore] = [worth(price), worth(priceOf(side, market?.previous))];
  const heldForADay = changedAt !== null && now - changedAt >= DAY_MS;
  return {
    ticker,
    event: market?.event ?? ticker,
    title: market?.title || ticker,
    answer: (side === 'yes' ? market?.yes : market?.no) ?? '',
    side,
    count,
    cost,
    average,
    price,
    bid: (side === 'yes' ? market?.yesBid : market?.noBid) ?? null,
    value,
    dayMove:
      heldForADay && value !== null && valueBefore !== null ? (subtract(value, valueBefore) ?? null) : null,
    closesAt: market?.closesAt ?? null,
    changedAt,
    payout: worth(priceOf(side, market?.settles)),
    ...(market?.threshold && { threshold: market.threshold }),
  };
}

/** What the exchange reported of a position. */
export function heldContracts({ ticker, side, count, cost, changedAt }: Position): HeldContracts {
  return { ticker, held: side === 'no' ? negate(count) : count, exposure: cost, changedAt };
}

/** A gain or loss that is not realized yet. */
export interface Unrealized {
  /** Value minus cost, micro-dollars. */
  amount: Micros;
  /** The cost, micro-dollars. */
  cost: Micros;
}

/** The unrealized result of a position since its purchase, without fees; null if the value or the cost is unknown. */
export function unrealizedOf({ value, cost }: Pick<Position, 'value' | 'cost'>): Unrealized | null {
  const amount = value === null || cost === null ? undefined : subtract(value, cost);
  return amount === undefined || cost === null ? null : { amount, cost };
}

/** The best bid is this far below the last price, or missing: the position could not be sold at its value. Micro-dollars. */
const THIN = 50_000;

/** Whether the last price says little about what the position could be sold for now. */
export function isThin({ price, bid }: Pick<Position, 'price' | 'bid'>): boolean {
  return price !== null && (bid === null || price - bid >= THIN);
}
