// Points of a chart over months: a tier with steps has a gap only where a whole step is missing.
import { expect, test } from 'vitest';
import { DAILY, isGap, type Sample, slotOf } from '../../../src/domain/balance/history.ts';
import type { Micros } from '../../../src/domain/money.ts';
import {
  areaOf,
  lineOf,
  nearest,
  type PlotPoint,
  type Point,
  pointsOf,
  scaleOf,
  withLatest,
} from '../../../src/view/chart-series.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 1);
const NEW_YORK = -5 * HOUR;

/** The daily tier after polls at these times: the last sample of each calendar day. */
function dailyTier(times: readonly number[], offset: number): Sample[] {
  const tier = new Map<number, Sample>();
  let before: number | undefined;
  for (const at of times) {
    const slot = slotOf(at, DAILY, offset);
    const gap = isGap(before, at, 60_000) || tier.get(slot)?.gap === true;
    tier.set(slot, { at, cash: 1 as Micros, positions: at as Micros, gap });
    before = at;
  }
  return [...tier.values()];
}

/** Every ten minutes of a year from 8:00 to 22:00 local time: the computer sleeps at night. */
const awake = Array.from({ length: 365 }, (_, day) =>
  Array.from({ length: 84 }, (_, step) => START + day * 24 * HOUR + 8 * HOUR + step * 600_000 - NEW_YORK),
);

test('a year of a computer that sleeps every night is one line', () => {
  const points = pointsOf([dailyTier(awake.flat(), NEW_YORK)], DAILY, () => NEW_YORK);
  expect(points).toHaveLength(365);
  expect(points.slice(1).filter(({ gap }) => gap)).toEqual([]);
  const scale = scaleOf(points, 300, 100);
  if (!scale) throw new Error('no line');
  const line = lineOf(points, scale);
  expect(line.match(/M/g)).toHaveLength(1);
  expect(line).not.toContain('h0'); // no isolated dots
});

test('a week without the computer is a gap', () => {
  const away = awake.filter((_, day) => day < 100 || day >= 107);
  const points = pointsOf([dailyTier(away.flat(), NEW_YORK)], DAILY, () => NEW_YORK);
  expect(points.flatMap(({ gap }, index) => (gap ? [index] : []))).toEqual([0, 100]);
});

test('a step of the daily tier is the calendar day: an evening in New York is not the next day', () => {
  const evening = START + 22 * HOUR - NEW_YORK; // 03:00 UTC of the next day
  const morning = START + 32 * HOUR - NEW_YORK;
  expect(dailyTier([START + 9 * HOUR - NEW_YORK, evening, morning], NEW_YORK).map(({ at }) => at)).toEqual([
    evening,
    morning,
  ]);
});

test('across a change of the clocks, consecutive days are one step apart', () => {
  const offset = (at: number) => (at < START + 10 * 24 * HOUR ? NEW_YORK : NEW_YORK + HOUR);
  const noons = Array.from({ length: 20 }, (_, day) => {
    const at = START + (day * 24 + 12) * HOUR - NEW_YORK;
    return { at, cash: 1 as Micros, positions: 0 as Micros, gap: true };
  });
  expect(pointsOf([noons], DAILY, offset).filter(({ gap }) => gap)).toHaveLength(1);
});

const point = (at: number, total: number, cash: number, gap = false): Point => ({
  at,
  total: total as Micros,
  cash: cash as Micros,
  gap,
});
const sample = (at: number, cash: number, positions: number, gap = false): Sample => ({
  at,
  cash: cash as Micros,
  positions: positions as Micros,
  gap,
});

test('accounts are added where each has a sample of the step; a gap of one is a gap', () => {
  const a = [sample(0, 1, 10, true), sample(100, 2, 20), sample(200, 3, 30), sample(310, 4, 40, true)];
  const b = [sample(5, 100, 1_000), sample(205, 300, 3_000, true), sample(300, 400, 4_000)];
  expect(pointsOf([a, b], 100)).toEqual([
    point(0, 1_111, 101, true),
    point(200, 3_333, 303, true),
    point(310, 4_444, 404, false), // a gap within a step is none
  ]);
  expect(pointsOf([], 100)).toEqual([]);
  expect(pointsOf([a, []], 100)).toEqual([]);
});

test('a sum that is not exact has no point', () => {
  const most = Number.MAX_SAFE_INTEGER;
  expect(pointsOf([[sample(0, most, 0)], [sample(0, 1, 0)]], 100)).toEqual([]);
  expect(pointsOf([[sample(0, most, 1)]], 100)).toEqual([]);
  expect(pointsOf([[sample(0, -most, most)], [sample(0, -1, 1)]], 100)).toEqual([]);
});

test('the latest balance follows, or replaces the last one of its step', () => {
  const [first, second] = [sample(0, 1, 1, true), sample(100, 2, 2, true)];
  expect(withLatest([first, second], sample(210, 3, 3), 100)).toEqual([first, second, sample(210, 3, 3)]);
  expect(withLatest([first, second], sample(150, 3, 3), 100)).toEqual([first, sample(150, 3, 3, true)]);
  expect(withLatest([first, second], sample(100, 3, 3), 100)).toEqual([first, second]);
  expect(withLatest([first, second], sample(50, 3, 3), 100)).toEqual([first, second]);
  expect(withLatest([], sample(50, 3, 3), 100)).toEqual([sample(50, 3, 3)]);
  expect(withLatest([first], undefined, 100)).toEqual([first]);
});

test('the scale: the times fill the width, the amounts the height, low at the bottom', () => {
  const points = [point(1_000, 100, 7), point(1_300, 130, 5), point(2_000, 110, 9)];
  const scale = scaleOf(points, 200, 60);
  expect(points.map(({ at }) => scale?.x(at))).toEqual([0, 60, 200]);
  expect(points.map(({ total }) => scale?.y(total))).toEqual([60, 0, 40]);
  expect(scale?.x(1_001)).toBe(0.2); // in tenths
  expect(scaleOf(points.slice(0, 1), 200, 60)).toBeUndefined();
  expect(scaleOf([], 200, 60)).toBeUndefined();
});

const pathOf = (points: readonly PlotPoint[], width: number, height: number) => {
  const scale = scaleOf(points, width, height);
  return scale && lineOf(points, scale);
};

test('equal amounts are a line in the middle', () => {
  expect(pathOf([point(0, 5, 5), point(10, 5, 5)], 100, 60)).toBe('M0 30L100 30');
});

test('a line is interrupted at gaps, and a point alone is a dot', () => {
  const points = [
    point(0, 0, 0, true),
    point(10, 10, 0),
    point(20, 20, 0, true),
    point(30, 30, 0, true),
    point(40, 40, 0),
    point(50, 50, 0, true),
  ];
  expect(pathOf(points, 50, 50)).toBe('M0 50L10 40M20 30h0M30 20L40 10M50 0h0');
  expect(pathOf(points.slice(0, 1), 50, 50)).toBeUndefined();
  const scale = scaleOf(points, 50, 50);
  expect(scale && areaOf(points, scale, 50)).toBe(
    'M0 50L0 50L10 40V50ZM20 50L20 30V50ZM30 50L30 20L40 10V50ZM50 50L50 0V50Z',
  );
});

test('the point next to a time', () => {
  const points = [point(0, 0, 0), point(100, 0, 0), point(200, 0, 0)];
  expect([-50, 0, 49, 51, 149, 151, 900].map((at) => nearest(points, at))).toEqual([0, 0, 0, 1, 1, 2, 2]);
});
