// The time axis of the chart: dates of the calendar, in the user's language.
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ticksOf } from '../../../../../src/pages/shared/chart/axis.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Noon of the 22nd of November 2026, local. */
const NOON = new Date(2026, 10, 22, 12).getTime();
const labels = (from: number, to: number, locale = 'en-US') =>
  ticksOf(from, to, 4, locale).map(({ label }) => label.replace(/\s/g, ' '));

describe('the labels', () => {
  test.each([
    [
      'a day: the time, and the date where one begins',
      DAY,
      ['12:00 PM', '6:00 PM', 'Nov 22', '6:00 AM', '12:00 PM'],
    ],
    ['a week: days', 7 * DAY, ['Nov 17', 'Nov 19', 'Nov 21']],
    ['a year: months, and the year where one begins', 365 * DAY, ['2026', 'Apr', 'Jul', 'Oct']],
    ['many years: years', 9 * 365.25 * DAY, ['2018', '2020', '2022', '2024', '2026']],
  ])('%s', (_, span, expected) => {
    expect(labels(NOON - span, NOON)).toEqual(expected);
  });

  test("are in the user's language", () => {
    expect(labels(NOON - 7 * DAY, NOON, 'es')).toContain('19 nov');
  });
});

describe('the places', () => {
  afterEach(() => vi.unstubAllEnvs());

  test.each(['UTC', 'America/New_York', 'Australia/Lord_Howe'])(
    'lie between the ends, in order, %s',
    (zone) => {
      vi.stubEnv('TZ', zone);
      const moment = fc.integer({ min: Date.UTC(2021, 6, 1), max: Date.UTC(2040, 0, 1) });
      fc.assert(
        fc.property(moment, fc.integer({ min: HOUR, max: 3650 * DAY }), (from, span) => {
          const places = ticksOf(from, from + span, 4, 'en-US').map(({ at }) => at);
          expect(places.length).toBeLessThan(10);
          expect(places.every((at) => at >= from && at <= from + span)).toBe(true);
          expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
        }),
      );
    },
  );
});
