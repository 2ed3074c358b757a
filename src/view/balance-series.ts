// The balance over a range of time, of one account or of several combined, and how it changed up to each point.

import {
  changeBetween,
  combineChanges,
  type DailyChange,
  type Day,
  STEP,
} from '../domain/balance/daily-change.ts';
import { type Sample, slotOf, TIERS } from '../domain/balance/history.ts';
import type { Transfer } from '../domain/balance/transfers.ts';
import { DAY_MS } from '../domain/durations.ts';
import type { Range } from '../domain/ranges.ts';
import { type Point, pointsOf } from './chart-series.ts';

/** The points of a range, and its changes. */
export interface BalanceSeries {
  range: Range;
  /** Between two points, milliseconds. */
  step: number;
  points: readonly Point[];
  /** The point from which changes are counted; points before it are of the day before. -1 if there is none. */
  start: number;
  /** The change from the start up to a point; null before the start. */
  changeTo(index: number): DailyChange;
}

/** The records of one account. */
export interface AccountHistory {
  /** Oldest first. */
  samples: readonly Sample[];
  /** Those of the range; null if they cannot be read, undefined if they were not read yet. */
  transfers: readonly Transfer[] | null | undefined;
}

/** More points than a chart is wide would not be seen. */
const MAX_POINTS = 1_100;

/** The index of the finest tier of the history that has few enough points from one time to another. Unix milliseconds. */
export function tierFor(from: number, to: number): number {
  const index = TIERS.findIndex(({ step }) => step > 0 && (to - from) / step <= MAX_POINTS);
  return index < 0 ? TIERS.length - 1 : index;
}

/** The step of a tier, milliseconds. */
export function stepOf(tier: number): number {
  return TIERS[tier]?.step ?? DAY_MS;
}

/** The points of several accounts combined, and the sample of each account at a point. */
function combine(
  accounts: readonly AccountHistory[],
  step: number,
  zoneOffset: (at: number) => number,
): { points: Point[]; samplesAt: (point: Point | undefined) => (Sample | undefined)[] } {
  const slot = ({ at }: { at: number }) => slotOf(at, step, zoneOffset(at));
  const bySlot = accounts.map(({ samples }) => new Map(samples.map((sample) => [slot(sample), sample])));
  return {
    points: pointsOf(
      accounts.map(({ samples }) => samples),
      step,
      zoneOffset,
    ),
    samplesAt: (point) => bySlot.map((samples) => point && samples.get(slot(point))),
  };
}

/** The changes of the accounts between two samples of each; `later.at` is when changes are counted up to. */
function changeBetweenSamples(
  accounts: readonly AccountHistory[],
  before: readonly (Sample | undefined)[],
  later: readonly (Sample | undefined)[],
): DailyChange {
  return combineChanges(
    accounts.map(({ transfers }, index) => {
      const [base, sample] = [before[index], later[index]];
      if (!base || !sample) return null;
      return transfers === undefined
        ? 'unconfirmed'
        : changeBetween(base, sample, transfers, { until: sample.at });
    }),
  );
}

/**
 * The series of a range.
 * @param from when the range begins, unix milliseconds: changes are counted from the last sample before, or the first one after
 * @param step of the samples, milliseconds
 * @param zoneOffset local time minus UTC at a time, milliseconds
 */
export function rangeSeries(
  range: Range,
  accounts: readonly AccountHistory[],
  from: number,
  step: number,
  zoneOffset: (at: number) => number,
): BalanceSeries {
  const { points: all, samplesAt } = combine(accounts, step, zoneOffset);
  const points = all.slice(startIndex(all, from));
  const before = samplesAt(points[0]);
  return {
    range,
    step,
    points,
    start: points.length > 0 ? 0 : -1,
    changeTo: (index) => changeBetweenSamples(accounts, before, samplesAt(points[index])),
  };
}

/** The last point up to a time, if there is no gap after it; otherwise the first one after it. */
function startIndex(points: readonly Point[], from: number): number {
  const next = points.findIndex(({ at }) => at > from);
  if (next < 0) return Math.max(points.length - 1, 0);
  return next === 0 || points[next]?.gap ? next : next - 1;
}

/**
 * The series of the last 24 hours. Changes are counted from midnight, as today's change is.
 * @param transfers of each account, as for `AccountHistory`
 * @param midnight the local midnight before now, unix milliseconds
 */
export function daySeries(
  days: readonly (Day | null)[],
  transfers: readonly AccountHistory['transfers'][],
  midnight: number,
): BalanceSeries {
  const bases = days.map((day) => (day?.began === midnight ? day.base : undefined));
  const accounts = days.map((day, index): AccountHistory => {
    const [base, points] = [bases[index], day?.points ?? []];
    const isBefore = base && points[0] && base.at < points[0].at;
    return { samples: isBefore ? [base, ...points] : points, transfers: transfers[index] };
  });
  const { points, samplesAt } = combine(accounts, STEP, () => 0);
  const from = Math.max(...bases.map((base) => base?.at ?? Number.POSITIVE_INFINITY));
  const start = points.findIndex(({ at }) => slotOf(at, STEP) >= slotOf(from, STEP));
  return {
    range: '1D',
    step: STEP,
    points,
    start,
    changeTo: (index) =>
      start < 0 || index < start ? null : changeBetweenSamples(accounts, bases, samplesAt(points[index])),
  };
}
