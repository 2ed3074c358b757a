// Points of a chart over months: a tier with steps has a gap only where a whole step is missing.
import { expect, test } from 'vitest';
import { DAILY, isGap, type Sample, slotOf } from '../../../src/portfolio/history.ts';
import type { Micros } from '../../../src/portfolio/money.ts';
import { lineOf, pointsOf, scaleOf, withLatest } from '../../../src/view/chart-series.ts';

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
  const scale = scaleOf(points, ['total'], 300, 100);
  if (!scale) throw new Error('no line');
  const line = lineOf(points, 'total', scale);
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

test('the latest balance is part of the chart before the history has it', () => {
  const sample = (at: number, gap = false): Sample => ({
    at,
    cash: 1 as Micros,
    positions: 0 as Micros,
    gap,
  });
  const hour = (at: number) => START + at * HOUR;
  const samples = [sample(hour(0), true), sample(hour(1.1))];
  const times = (latest: Sample | undefined) =>
    withLatest(samples, latest, HOUR).map(({ at }) => (at - START) / HOUR);
  expect(times(sample(hour(1.5)))).toEqual([0, 1.5]); // the same step
  expect(times(sample(hour(2.5)))).toEqual([0, 1.1, 2.5]);
  expect(times(sample(hour(1.1)))).toEqual([0, 1.1]);
  expect(times(sample(hour(0.5)))).toEqual([0, 1.1]);
  expect(times(undefined)).toEqual([0, 1.1]);
  expect(withLatest([], sample(hour(1)), HOUR)).toHaveLength(1);
});
