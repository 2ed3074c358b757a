// What became of the polls of late, for *Copy diagnostics*: kinds, times and spans; no amount, no key.

import * as v from 'valibot';
import type { Outcome } from './outcome.ts';

const entrySchema = v.object({
  /** The kind of the outcome. */
  kind: v.string(),
  /** What tells apart outcomes of a kind: a status, a reason. */
  detail: v.string(),
  /** When it was first and last so, unix milliseconds. */
  first: v.number(),
  last: v.number(),
  /** How many times in a row. */
  times: v.number(),
  /** The longest that a poll of them took, milliseconds. */
  slowest: v.number(),
});

export const pollLogSchema = v.object({
  /** Lives of the background in which this account was polled. */
  lives: v.number(),
  /** Oldest first; outcomes in a row that are alike are one entry. */
  entries: v.array(entrySchema),
});
export type PollLog = v.InferOutput<typeof pollLogSchema>;

export const EMPTY_POLL_LOG: PollLog = { lives: 0, entries: [] };

/** Enough to see a bad day, small enough to be read with everything else. */
export const MAX_ENTRIES = 40;

/**
 * The log after a poll.
 * @param at when it ended, unix milliseconds
 * @param took how long it took, milliseconds
 * @param firstOfLife whether it was the first poll since the background started
 */
export function addToPollLog(
  log: PollLog,
  outcome: Outcome,
  at: number,
  took: number,
  firstOfLife: boolean,
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
    lives: log.lives + (firstOfLife ? 1 : 0),
    entries: [...before, entry].slice(-MAX_ENTRIES),
  };
}

function detailOf(outcome: Outcome): string {
  const reason = 'reason' in outcome ? outcome.reason : '';
  const status = 'status' in outcome ? String(outcome.status) : '';
  return [status, reason].filter(Boolean).join(' ');
}
