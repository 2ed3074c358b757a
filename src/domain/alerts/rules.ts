// What the user wants to be alerted of, for one account. Everything is off by default.

import * as v from 'valibot';
import { type Micros, microsSchema } from '../money.ts';
import { shareSchema } from '../share.ts';

const amount = v.nullable(microsSchema);
const share = v.nullable(shareSchema);
const minutes = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0)));

/** The values that can be set. */
export const ruleValuesSchema = v.object({
  /** Thresholds of the total and of the cash, micro-dollars. */
  totalAbove: amount,
  totalBelow: amount,
  cashAbove: amount,
  cashBelow: amount,
  /** Today's change, up or down: an amount in micro-dollars, and a share in millionths. */
  changeAmount: amount,
  changeShare: share,
  /** A payout arrived; an order was filled. */
  payout: v.boolean(),
  fill: v.boolean(),
  /** The price of a side that is held moved by this much since yesterday, micro-dollars; and its market closes within so many minutes. */
  marketMove: amount,
  closesWithin: minutes,
  /** Tickers of markets that were chosen in the popup: they alert by `WATCHED_MOVE` and `WATCHED_CLOSES` by themselves. */
  watched: v.array(v.string()),
  /** The key has new permissions, was refused, or expires soon. */
  key: v.boolean(),
  /** No update for longer than so many minutes. */
  silentFor: minutes,
  /** When the daily summary comes, minutes after midnight. */
  summaryAt: minutes,
  /** Between these times, minutes after midnight, nothing is notified; the list in the popup has it. */
  quietFrom: minutes,
  quietTo: minutes,
});
export type AlertRules = v.InferOutput<typeof ruleValuesSchema>;

export const NO_RULES: AlertRules = {
  totalAbove: null,
  totalBelow: null,
  cashAbove: null,
  cashBelow: null,
  changeAmount: null,
  changeShare: null,
  payout: false,
  fill: false,
  marketMove: null,
  closesWithin: null,
  watched: [],
  key: false,
  silentFor: null,
  summaryAt: null,
  quietFrom: null,
  quietTo: null,
};

/** As stored: a rule that is missing or cannot be read is off, the others stay. */
export const alertRulesSchema: v.GenericSchema<unknown, AlertRules> = v.pipe(
  v.record(v.string(), v.unknown()),
  v.transform((stored) => {
    const readable = Object.entries(ruleValuesSchema.entries).filter(([name, rule]) =>
      v.is(rule, stored[name]),
    );
    return { ...NO_RULES, ...Object.fromEntries(readable.map(([name]) => [name, stored[name]])) };
  }),
);

/** A move of ten cents, in micro-dollars, and an hour, in minutes. */
export const WATCHED_MOVE = 100_000 as Micros;
export const WATCHED_CLOSES = 60;

/** Whether anything is switched on. */
export function hasRules({ quietFrom: _, quietTo: __, watched, ...rules }: AlertRules): boolean {
  return watched.length > 0 || Object.values(rules).some((rule) => rule !== null && rule !== false);
}

/** Whether an alert depends on the prices of markets that are held. */
export function needsPrices({ watched, marketMove }: AlertRules): boolean {
  return watched.length > 0 || marketMove !== null;
}

/** Whether a time of day, minutes after midnight, is within the quiet hours, which may go past midnight. */
export function isQuiet({ quietFrom, quietTo }: AlertRules, minute: number): boolean {
  if (quietFrom === null || quietTo === null || quietFrom === quietTo) return false;
  return quietFrom < quietTo
    ? minute >= quietFrom && minute < quietTo
    : minute >= quietFrom || minute < quietTo;
}
