// The results of recent polls, for *Copy diagnostics*: outcomes, times and durations; no amounts, no keys.

import * as v from 'valibot';
import type { Outcome } from './outcome.ts';

const entrySchema = v.object({
  /** The kind of the outcome. */
  kind: v.string(),
  /** What distinguishes outcomes of a kind: a status, a reason. */
  detail: v.string(),
  /** When it first and last occurred, unix milliseconds. */
  first: v.number(),
  last: v.number(),
  /** How often in a row. */
  times: v.number(),
  /** The longest duration of these polls, milliseconds. */
  slowest: v.number(),
});

export const pollLogSchema = v.object({
  /** Worker lifetimes in which this account was polled. */
  lifetimes: v.number(),
  /** Oldest first; equal consecutive outcomes are one entry. */
  entries: v.array(entrySchema),
});
export type PollLog = v.InferOutput<typeof pollLogSchema>;

export const EMPTY_POLL_LOG: PollLog = { lifetimes: 0, entries: [] };

/** Enough for a day with many failures. */
export const MAX_ENTRIES = 40;

/**
 * The log after a poll.
 * @param at when it ended, unix milliseconds
 * @param took its duration, milliseconds
 * @param firstOfLifetime whether it was the first poll since the worker started
 */
export function addToPollLog(
  log: PollLog,
  outcome: Outcome,
  at: number,
  took: number,
  firstOfLifetime: boolean,
): PollLog {
  const { kind } = outcome;
  const detail = detailOf(outcome);
  const last = log.entries.at(-1);
  const same = last?.kind === kind && last.detail === detail;
  const entry = same
    ? { ...last, last: at, times: last.times + 1, slowest: Math.max(last.slowest, took) }
    : { kind, detail, first: at, last: at, times: 1, slowest: took };
  const before = same ? log.entries.slice(0, -1) : log.entries;
  return {
    lifetimes: log.lifetimes + (firstOfLifetime ? 1 : 0),
    entries: [...before, entry].slice(-MAX_ENTRIES),
  };
}

function detailOf(outcome: Outcome): string {
  const reason = 'reason' in outcome ? outcome.reason : '';
  const status = 'status' in outcome ? String(outcome.status) : '';
  return [status, reason].filter(Boolean).join(' ');
}
