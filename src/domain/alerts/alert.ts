// Alerts that were decided, and what has to be remembered so that each is decided once.

import * as v from 'valibot';
import type { Micros } from '../money.ts';
import type { Share } from '../share.ts';
import { alertRulesSchema, NO_RULES } from './rules.ts';

/** What happened. Amounts in micro-dollars, shares in millionths, times in unix milliseconds; titles are texts from outside. */
export type AlertEvent =
  | { kind: 'threshold'; figure: 'total' | 'cash'; above: boolean; threshold: Micros; value: Micros }
  /** `share`: of what the change started from; null if that is nothing. */
  | { kind: 'change'; amount: Micros; share: Share | null }
  | { kind: 'payout'; count: number; amount: Micros; titles: string[] }
  | { kind: 'fill'; count: number; amount: Micros; partly: boolean; titles: string[] }
  | { kind: 'move'; titles: string[]; share: Share }
  | { kind: 'closing'; titles: string[]; at: number }
  | { kind: 'key-power' }
  | { kind: 'key-refused' }
  | { kind: 'key-expires'; at: number }
  /** `since`: the last good balance. */
  | { kind: 'silent'; since: number }
  | SummaryEvent;

/** `day`: the local midnight of the day that it is for. `settling`: how many markets that are held close tomorrow. */
export interface SummaryEvent {
  kind: 'summary';
  day: number;
  total: Micros;
  change: Micros | null;
  result: Micros | null;
  settling: number;
}

export const alertSchema = v.object({
  /** A number of its own within the account, counted up. */
  id: v.number(),
  /** When it was decided, unix milliseconds. */
  at: v.number(),
  /** Only this extension writes it; a whole schema would be as long as everything else here. */
  event: v.custom<AlertEvent>((event) => typeof (event as AlertEvent | null)?.kind === 'string'),
});
export type Alert = v.InferOutput<typeof alertSchema>;

export const alertsSchema = v.object({
  rules: v.fallback(alertRulesSchema, NO_RULES),
  /** The last ones, newest first. */
  recent: v.array(alertSchema),
  /** The id of the next one, and of the newest one that was seen in the popup and that was notified. */
  nextId: v.number(),
  seen: v.number(),
  notified: v.number(),
  /**
   * What each rule has already said: under its name, what it stands for and whether it may speak. A rule that is new, or was
   * changed, first looks at what is there and says nothing.
   */
  memory: v.record(v.string(), v.string()),
});
export type Alerts = v.InferOutput<typeof alertsSchema>;

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
