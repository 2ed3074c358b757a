// Alerts that were decided, and what has to be remembered so that each is decided once.

import * as v from 'valibot';
import { SIDES } from '../holdings/market.ts';
import { microsSchema } from '../money.ts';
import { shareSchema } from '../share.ts';
import { memorySchema } from './memory.ts';
import { alertRulesSchema, NO_RULES } from './rules.ts';

/** Unix milliseconds that a `Date` can hold. */
const time = v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const titles = v.array(v.string());

/** `day`: the local midnight of the day that it is for. `settling`: how many markets that are held close tomorrow. */
const summaryEventSchema = v.object({
  kind: v.literal('summary'),
  day: time,
  total: microsSchema,
  change: v.nullable(microsSchema),
  result: v.nullable(microsSchema),
  settling: count,
});
export type SummaryEvent = v.InferOutput<typeof summaryEventSchema>;

/** What happened. Titles are texts from outside. */
const eventSchema = v.variant('kind', [
  v.object({
    kind: v.literal('threshold'),
    figure: v.picklist(['total', 'cash']),
    above: v.boolean(),
    threshold: microsSchema,
    value: microsSchema,
  }),
  /** `share`: of what the change started from; null if that is nothing. */
  v.object({ kind: v.literal('change'), amount: microsSchema, share: v.nullable(shareSchema) }),
  v.object({ kind: v.literal('payout'), count, amount: microsSchema, titles }),
  v.object({ kind: v.literal('fill'), count, amount: microsSchema, partly: v.boolean(), titles }),
  /** The largest of `count` moves since yesterday: prices of the side that is held, micro-dollars. */
  v.object({
    kind: v.literal('move'),
    count,
    moves: v.array(
      v.object({
        event: v.string(),
        title: v.string(),
        answer: v.string(),
        side: v.picklist(SIDES),
        from: microsSchema,
        to: microsSchema,
      }),
    ),
  }),
  /** `at` and `event`: the closing time and the event of the first. */
  v.object({ kind: v.literal('closing'), titles, at: time, event: v.string() }),
  v.object({ kind: v.literal('key-scopes') }),
  v.object({ kind: v.literal('key-refused') }),
  v.object({ kind: v.literal('key-expires'), at: time }),
  /** `since`: the last good balance. */
  v.object({ kind: v.literal('silent'), since: time }),
  summaryEventSchema,
]);
export type AlertEvent = v.InferOutput<typeof eventSchema>;
export type MoveEvent = Extract<AlertEvent, { kind: 'move' }>;

export const alertSchema = v.object({
  /** A number of its own within the account, counted up. */
  id: count,
  /** When it was decided, unix milliseconds. */
  at: time,
  event: eventSchema,
});
export type Alert = v.InferOutput<typeof alertSchema>;

/** Alerts that cannot be read, as from a backup that was changed, are left out. */
const recentSchema = v.pipe(
  v.array(v.unknown()),
  v.transform((stored) =>
    stored.flatMap((each) => {
      const alert = v.safeParse(alertSchema, each);
      return alert.success ? [alert.output] : [];
    }),
  ),
);

/** As stored: a part that cannot be read is replaced, the others stay. */
const storedSchema = v.object({
  rules: v.fallback(alertRulesSchema, NO_RULES),
  /** The last ones, newest first. */
  recent: v.fallback(recentSchema, []),
  /** The id of the next one, and of the newest one that was seen in the popup and that was notified. */
  nextId: v.fallback(count, 1),
  seen: v.fallback(count, 0),
  notified: v.fallback(count, 0),
  memory: v.fallback(memorySchema, {}),
});
export type Alerts = v.InferOutput<typeof storedSchema>;

export const alertsSchema: v.GenericSchema<unknown, Alerts> = v.pipe(
  storedSchema,
  v.transform(({ nextId, ...alerts }) => ({
    ...alerts,
    nextId: Math.max(nextId, alerts.seen + 1, alerts.notified + 1, ...alerts.recent.map(({ id }) => id + 1)),
  })),
);

export const NO_ALERTS: Alerts = { rules: NO_RULES, recent: [], nextId: 1, seen: 0, notified: 0, memory: {} };

/** Alerts that are kept. */
const KEPT = 10;

/** The alerts with these added; all of them were decided at the same time. */
export function addAlerts(alerts: Alerts, events: readonly AlertEvent[], at: number): Alerts {
  if (events.length === 0) return alerts;
  const added = events.map((event, index) => ({ id: alerts.nextId + index, at, event }));
  return {
    ...alerts,
    recent: [...added.toReversed(), ...alerts.recent].slice(0, KEPT),
    nextId: alerts.nextId + events.length,
  };
}

/** Those that were not notified yet, oldest first. */
export function undelivered({ recent, notified }: Alerts): Alert[] {
  return recent.filter(({ id }) => id > notified).toReversed();
}

/** How many were not seen in the popup yet. */
export function unseen({ recent, seen }: Alerts): number {
  return recent.filter(({ id }) => id > seen).length;
}
