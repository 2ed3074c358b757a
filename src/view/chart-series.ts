// The chart's data: the history of a range of time, ready to be drawn.

import { type Sample, slotOf } from '../domain/balance/history.ts';
import { exactTotal } from '../domain/balance/snapshot.ts';
import type { Micros } from '../domain/money.ts';
import { add } from '../domain/quantity.ts';

/** One point of a chart, micro-dollars. */
export interface Point {
  /** Unix milliseconds. */
  at: number;
  total: Micros;
  cash: Micros;
  /** There is no data right before it. */
  gap: boolean;
}

/**
 * The points of one account, or of several combined: only where each of them has one. A tier with steps has a gap only where
 * a whole step is missing.
 * @param zoneOffset local time minus UTC at a time, milliseconds; for the steps that are days
 */
export function pointsOf(
  all: readonly (readonly Sample[])[],
  step: number,
  zoneOffset: (at: number) => number = () => 0,
): Point[] {
  const slot = ({ at }: { at: number }) => slotOf(at, step, zoneOffset(at));
  const [first = [], ...rest] = all;
  const others = rest.map((samples) => new Map(samples.map((sample) => [slot(sample), sample])));
  const points = first.flatMap((sample) => {
    const same = others.map((samples) => samples.get(slot(sample)));
    return pointOf([sample, ...same]) ?? [];
  });
  return points.map((point, index) => {
    const before = points[index - 1];
    const missing = !before || slot(point) - slot(before) > step;
    return { ...point, gap: point.gap && missing };
  });
}

function pointOf(samples: readonly (Sample | undefined)[]): Point | undefined {
  let point: Point | undefined;
  for (const sample of samples) {
    const total = sample && exactTotal(sample);
    if (!sample || total === undefined) return undefined;
    const sums = point && { total: add(point.total, total), cash: add(point.cash, sample.cash) };
    if (!point) point = { at: sample.at, total, cash: sample.cash, gap: sample.gap };
    else if (sums?.total === undefined || sums.cash === undefined) return undefined;
    else point = { at: point.at, total: sums.total, cash: sums.cash, gap: point.gap || sample.gap };
  }
  return point;
}

/**
 * Samples with the latest one, which the history may not have yet: a balance is shown as soon as it is stored, and then
 * appended to the history.
 * @param step and `zoneOffset`: as for `pointsOf`
 */
export function withLatest(
  samples: readonly Sample[],
  latest: Sample | undefined,
  step: number,
  zoneOffset: (at: number) => number = () => 0,
): readonly Sample[] {
  const last = samples.at(-1);
  if (!latest || (last && last.at >= latest.at)) return samples;
  const slot = ({ at }: Sample) => slotOf(at, step, zoneOffset(at));
  return last && slot(last) === slot(latest)
    ? [...samples.slice(0, -1), { ...latest, gap: last.gap }]
    : [...samples, latest];
}

/** Maps times and amounts to coordinates, in tenths of a unit. */
export interface Scale {
  x(at: number): number;
  y(amount: number): number;
}

/** What is plotted: an amount over time, with gaps. */
export type PlotPoint = Pick<Point, 'at' | 'total' | 'gap'>;

/** The scale that fits all points. Undefined for fewer than two points. */
export function scaleOf(points: readonly PlotPoint[], width: number, height: number): Scale | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first === last) return undefined;
  const all = points.map(({ total }) => total);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const tenth = (value: number) => Math.round(value * 10) / 10;
  return {
    x: (at) => tenth(((at - first.at) / (last.at - first.at)) * width),
    y: (amount) => tenth(high === low ? height / 2 : height - ((amount - low) / (high - low)) * height),
  };
}

/** An SVG path: interrupted at gaps, a single point as a dot. */
export function lineOf(points: readonly PlotPoint[], { x, y }: Scale): string {
  return points
    .map((point, index) => {
      const alone = point.gap && (points[index + 1]?.gap ?? true);
      return `${point.gap ? 'M' : 'L'}${x(point.at)} ${y(point.total)}${alone ? 'h0' : ''}`;
    })
    .join('')
    .replace(/^L/, 'M');
}

/** The path of the area between the line and the bottom of the box, without the gaps. */
export function areaOf(points: readonly PlotPoint[], { x, y }: Scale, height: number): string {
  return points
    .map(({ at, total, gap }, index) => {
      const isFirst = gap || index === 0;
      const isLast = points[index + 1]?.gap ?? true;
      const line = `${isFirst ? `M${x(at)} ${height}L` : 'L'}${x(at)} ${y(total)}`;
      return isLast ? `${line}V${height}Z` : line;
    })
    .join('');
}

/** The index of the point next to a time. */
export function nearest(points: readonly PlotPoint[], at: number): number {
  const far = points.map((point) => Math.abs(point.at - at));
  return far.indexOf(Math.min(...far));
}
