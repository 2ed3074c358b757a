// An assumption about Kalshi's API, and what a check of it finds.

import type { Probe } from './probe.ts';

/** `differs` says what came, `not testable` why; both without values. */
export type Verdict =
  | { verdict: 'holds' }
  | { verdict: 'differs'; came: string }
  | { verdict: 'not testable'; why: string };

export interface Assumption {
  /** A short name, unique. */
  id: string;
  /** The assumption as a sentence. */
  text: string;
  check(probe: Probe): Promise<Verdict>;
}

export const HOLDS: Verdict = { verdict: 'holds' };
export const differs = (came: string): Verdict => ({ verdict: 'differs', came });
export const untestable = (why: string): Verdict => ({ verdict: 'not testable', why });

/** @param came said if it is not so */
export const expectThat = (isSo: boolean, came: string): Verdict => (isSo ? HOLDS : differs(came));

/** A field of a JSON value; undefined if there is none. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** The rows of a list in an answer. */
export function rowsOf(json: unknown, name: string): Record<string, unknown>[] {
  const rows = field(json, name);
  return Array.isArray(rows) ? rows.filter((row) => typeof row === 'object' && row !== null) : [];
}
