// The last day of an account, updated with each sample: where today started, and the points of the small chart.

import * as v from 'valibot';
import { isGap, type Sample, slotOf } from './history.ts';
import { add, type Micros, micros, subtract } from './money.ts';
import { microsSchema } from './snapshot.ts';

const pointSchema = v.object({
  /** When, unix milliseconds by the exchange's clock. */
  at: v.number(),
  cash: microsSchema,
  positions: microsSchema,
  /** There is no data right before it. */
  gap: v.boolean(),
});

export const daySchema = v.object({
  /** The local midnight at which the day started, unix milliseconds. */
  began: v.number(),
  /** What the change is measured from: the last sample before midnight, or the first one after it. */
  base: pointSchema,
  /** Whether the base is the value at midnight: there was a sample shortly before it. */
  whole: v.boolean(),
  /** At most one point per step of the last 24 hours, oldest first; the last one is the latest sample. */
  points: v.array(pointSchema),
});
export type Day = v.InferOutput<typeof daySchema>;

/** One point every ten minutes: 144 are enough for the width of the small chart. Milliseconds. */
export const STEP = 10 * 60_000;
const DAY = 24 * 3_600_000;

/**
 * The day after a sample.
 * @param midnight the local midnight before the sample, unix milliseconds
 * @param periodMs the polling period
 */
export function addSampleToDay(
  before: Day | null,
  { at, cash, positions }: Omit<Sample, 'gap'>,
  midnight: number,
  periodMs: number,
): Day {
  const last = before?.points.at(-1);
  if (before && last && at <= last.at) return before; // samples are in order
  const gap = isGap(last?.at, at, periodMs);
  const sample: Sample = { at, cash, positions, gap };
  const sameStep = last && slotOf(last.at, STEP) === slotOf(at, STEP);
  const older = (sameStep ? before?.points.slice(0, -1) : before?.points) ?? [];
  const points = [...older, { ...sample, gap: gap || (sameStep === true && last.gap) }].filter(
    (point) => point.at > at - DAY,
  );
  if (before && before.began === midnight) return { ...before, points };
  return { began: midnight, ...baseAt(points, midnight), points };
}

/** The last point before midnight, if there is no gap after it; otherwise the first one after midnight. */
function baseAt(points: Day['points'], midnight: number): Pick<Day, 'base' | 'whole'> {
  const next = points.findIndex(({ at }) => at > midnight);
  const [before, after] = [points[next - 1], points[next]];
  if (before && after && !after.gap) return { base: before, whole: true };
  return { base: (after ?? points.at(-1)) as Day['base'], whole: false };
}

/** A deposit (positive) or withdrawal (negative). */
export interface Transfer {
  /** When it was booked, unix milliseconds. */
  at: number;
  amount: Micros;
}

/** How the total has moved. Called "change", never "profit". */
export interface Change {
  /** Total now minus total then, minus deposits, plus withdrawals, micro-dollars. */
  amount: Micros;
  /** Since midnight, or since this time, unix milliseconds. */
  since: 'midnight' | number;
  /** Whether deposits and withdrawals could be read; if not, they are part of the amount. */
  net: boolean;
}

/**
 * The change of today.
 * @param figures the figures shown
 * @param transfers null if they could not be read
 * @param midnight the local midnight before now, unix milliseconds
 * @returns null if there is no data for today
 */
export function dailyChangeOf(
  day: Day | null,
  figures: { cash: Micros; positions: Micros },
  transfers: readonly Transfer[] | null,
  midnight: number,
): Change | null {
  if (!day || day.began !== midnight) return null;
  const paid = (transfers ?? []).filter(({ at }) => at > day.base.at).map(({ amount }) => amount);
  const now = add(figures.cash, figures.positions);
  const then = add(day.base.cash, day.base.positions);
  const amount = [then, ...paid].reduce<Micros | undefined>(
    (left, part) => (left === undefined || part === undefined ? undefined : subtract(left, part)),
    now,
  );
  if (amount === undefined) return null;
  return { amount, since: day.whole ? 'midnight' : day.base.at, net: transfers !== null };
}

/** The changes of several accounts combined: null if one is null; since the latest of their starts. */
export function combineChanges(changes: readonly (Change | null)[]): Change | null {
  let sum: Change | null = changes[0] ?? null;
  for (const next of changes.slice(1)) {
    const amount = sum && next ? micros(sum.amount + next.amount) : undefined;
    if (!sum || !next || amount === undefined) return null;
    const since = [sum.since, next.since].filter((since) => since !== 'midnight');
    sum = { amount, since: since.length > 0 ? Math.max(...since) : 'midnight', net: sum.net && next.net };
  }
  return sum;
}
