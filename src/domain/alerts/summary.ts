// When the daily summary is due.

import { minuteOfDay } from '../calendar.ts';
import type { AlertEvent, Alerts } from './alert.ts';
import { type Memory, recall } from './memory.ts';
import type { Observed } from './observed.ts';
import type { AlertRules } from './rules.ts';

/** The last time at which a summary was due, as the local midnight of its day; null if there is none. */
export function summaryDay(
  { summaryAt }: AlertRules,
  now: number,
  midnight: number,
  yesterday: number,
): number | null {
  if (summaryAt === null) return null;
  return minuteOfDay(now) >= summaryAt ? midnight : yesterday;
}

/** Whether the summary of a day is still to be made. A rule that is new begins with the next one. */
export function isSummaryDue({ rules, memory }: Alerts, day: number | null): day is number {
  const known = recall(memory, 'summary', 'summary');
  return day !== null && known?.at === rules.summaryAt && known.day < day;
}

/** A summary that was made, or the memory of when the next one is due. */
export function summaries(
  { summaryAt }: AlertRules,
  memory: Memory,
  { summary, now, midnight }: Observed,
): AlertEvent[] {
  if (summaryAt === null) {
    delete memory.summary;
    return [];
  }
  if (summary) {
    memory.summary = { kind: 'summary', at: summaryAt, day: summary.day };
    return [summary];
  }
  if (recall(memory, 'summary', 'summary')?.at !== summaryAt) {
    const isPast = minuteOfDay(now) >= summaryAt;
    memory.summary = { kind: 'summary', at: summaryAt, day: isPast ? midnight : midnight - 1 };
  }
  return [];
}
