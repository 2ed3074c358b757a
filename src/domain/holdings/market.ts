// A market and its event, as far as holdings need them.

import * as v from 'valibot';
import { microsSchema } from '../money.ts';

export const SIDES = ['yes', 'no'] as const;
export type Side = (typeof SIDES)[number];

export const nullableMicros = v.nullable(microsSchema);

/** One condition of a combo (`mve_selected_legs`), which pays if all of them come true. */
export const legSchema = v.object({
  ticker: v.string(),
  /** The ticker of its event; empty if unknown. */
  event: v.string(),
  side: v.picklist(SIDES),
  /** What a YES contract of its market paid, micro-dollars; null while that is open. */
  yesValue: nullableMicros,
});
export type Leg = v.InferOutput<typeof legSchema>;

/** The values for which a market of a ladder resolves to YES: those above a strike, or those below it. */
export const thresholdSchema = v.object({
  strike: v.number(),
  way: v.picklist(['above', 'below']),
  /** Whether the strike itself is one of them. */
  orEqual: v.boolean(),
});
export type Threshold = v.InferOutput<typeof thresholdSchema>;

export const marketSchema = v.object({
  /** The ticker of its event. */
  event: v.string(),
  /** The market's title, and the answers that YES and NO stand for; texts from outside. */
  title: v.string(),
  yes: v.string(),
  no: v.string(),
  /** Last prices of YES today and a day ago, micro-dollars; null if there was no trade. */
  last: nullableMicros,
  previous: nullableMicros,
  /** The best bids, micro-dollars; null if there is none. */
  yesBid: nullableMicros,
  noBid: nullableMicros,
  /** When it closes or its result is expected, whichever is earlier, unix milliseconds. */
  closesAt: v.nullable(v.number()),
  /** The payout of a YES contract, micro-dollars, once it is known and before it is paid. */
  settles: nullableMicros,
  /** Of a combo; empty for other markets. */
  legs: v.array(legSchema),
  /** Missing where the values for which it resolves to YES are not known. */
  threshold: v.exactOptional(thresholdSchema),
});
export type Market = v.InferOutput<typeof marketSchema>;

export const eventSchema = v.object({
  /** The event's own title; empty if it was not fetched yet. Text from outside. */
  title: v.string(),
  /** Whether at most one of its markets can resolve to YES; null if unknown. */
  exclusive: v.nullable(v.boolean()),
  /** Whether its markets are nested thresholds of one value (`DIRECNET`); missing if it is not known. */
  isLadder: v.exactOptional(v.boolean()),
  /** What is held in the event after returned collateral, micro-dollars; null if unknown. */
  exposure: nullableMicros,
  /** When it begins (the `start_date` of its milestone), unix milliseconds; null if that was not fetched yet. */
  starts: v.nullable(v.union([v.number(), v.literal('none')])),
});
export type MarketEvent = v.InferOutput<typeof eventSchema>;

/** An event of which nothing is known. */
export const UNKNOWN_EVENT: MarketEvent = { title: '', exclusive: null, exposure: null, starts: null };
