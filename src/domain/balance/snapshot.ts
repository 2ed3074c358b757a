// A snapshot: the last good figures of an account with their time, and the outcome of the latest poll.

import * as v from 'valibot';
import { type Micros, microsSchema } from '../money.ts';
import { type Failure, type Outcome, outcomeSchema } from '../polling/outcome.ts';
import { add } from '../quantity.ts';

export const figuresSchema = v.object({
  /** Cash (`balance_dollars`), micro-dollars. */
  cash: microsSchema,
  /** The value of the positions (`portfolio_value`), without cash, micro-dollars. */
  positions: microsSchema,
  /** The equity of perpetual futures, micro-dollars; absent if there are none, or the key may not read it. */
  perps: v.optional(microsSchema),
  /** When the exchange responded, unix milliseconds by this computer's clock. */
  at: v.number(),
});
export type Figures = v.InferOutput<typeof figuresSchema>;

export const snapshotSchema = v.object({
  /** The last good figures; null before the first. An error never replaces them. */
  figures: v.nullable(figuresSchema),
  /** The outcome of the latest poll; null before the first. */
  outcome: v.nullable(outcomeSchema),
  /** When that was, unix milliseconds; null before the first. */
  outcomeAt: v.nullable(v.number()),
});
export type Snapshot = v.InferOutput<typeof snapshotSchema>;

/** The snapshot of an account that was never polled. */
export const NO_SNAPSHOT: Snapshot = { figures: null, outcome: null, outcomeAt: null };

/** The parts of the total. */
export type Amounts = Pick<Figures, 'cash' | 'positions' | 'perps'>;

/** Cash, positions and perps combined; undefined if a number cannot hold it exactly. */
export function exactTotal({ cash, positions, perps }: Amounts): Micros | undefined {
  const sum = add(cash, positions);
  return sum === undefined || perps === undefined ? sum : add(sum, perps);
}

/** The same of figures that were decoded or stored, which ensures that it is exact. */
export function total(figures: Amounts): Micros {
  const sum = exactTotal(figures);
  if (sum === undefined) throw new RangeError('the total exceeds what is exact in micro-dollars');
  return sum;
}

/** The snapshot after a good poll. */
export function snapshotWithBalance(figures: Figures): Snapshot {
  const outcome: Outcome = { kind: 'ok' };
  return { figures, outcome, outcomeAt: figures.at };
}

/** The snapshot after a failed poll: the good figures stay. */
export function snapshotWithFailure(before: Snapshot, failure: Failure, at: number): Snapshot {
  return { figures: before.figures, outcome: failure, outcomeAt: at };
}
