// Local days in every time zone, around each change of the clocks: some days have no midnight. Ranges, and which have data.

import { afterEach, expect, test, vi } from 'vitest';
import {
  midnightBefore,
  midnightDaysBefore,
  rangeStart,
  rangesWithData,
} from '../../../src/domain/calendar.ts';
import { DAY_MS, HOUR_MS } from '../../../src/domain/durations.ts';
import { RANGES } from '../../../src/domain/ranges.ts';

afterEach(() => vi.unstubAllEnvs());

const [FROM, TO] = [Date.UTC(2026, 0, 1), Date.UTC(2029, 0, 1)];

/** The days of 2026 to 2028 on which the clocks change in the current zone, as times within them, and the first day. */
function daysOfChanges(): number[] {
  const offset = (at: number) => new Date(at).getTimezoneOffset();
  const days = [FROM];
  for (let at = FROM; at < TO; at += DAY_MS) if (offset(at) !== offset(at + DAY_MS)) days.push(at);
  return days;
}

/** `2026-03-08`, `days` days later: without a time zone. */
const dateAfter = (date: string, days: number) =>
  new Date(Date.parse(`${date}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

test.each(Intl.supportedValuesOf('timeZone'))('%s: each day begins with its first moment', (zone) => {
  vi.stubEnv('TZ', zone);
  const date = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
  const dateOf = (at: number) => date.format(at);
  /** Whether a time is the first moment of a date, without the functions under test. */
  const begins = (at: number, day: string) => dateOf(at) === day && dateOf(at - 1) < day;
  const wrong: string[] = [];
  for (const change of daysOfChanges()) {
    for (let now = change - DAY_MS; now < change + 2 * DAY_MS; now += 7 * HOUR_MS) {
      const today = dateOf(now);
      if (!begins(midnightBefore(now), today)) wrong.push(`${today} today`);
      // The day of the change as the first day of each period.
      for (const days of [1, 6, 30]) {
        const later = now + days * DAY_MS;
        const first = dateAfter(dateOf(later), -days);
        if (!begins(midnightDaysBefore(days, later), first)) wrong.push(`${first} ${days} days later`);
      }
      const week = dateAfter(dateOf(now + 6 * DAY_MS), -6);
      if (!begins(rangeStart('1W', now + 6 * DAY_MS), week)) wrong.push(`${week} week`);
      if (!begins(rangeStart('YTD', now), `${today.slice(0, 4)}-01-01`)) wrong.push(`${today} year`);
    }
  }
  expect(wrong).toEqual([]);
});

const at = (month: number, day: number, year = 2026) => new Date(year, month, day).getTime();
const now = new Date(2026, 2, 31, 15, 30).getTime();

test('ranges begin at midnights of the calendar, also where the clocks changed in between', () => {
  expect(RANGES.map((range) => rangeStart(range, now))).toEqual([
    at(2, 31),
    at(2, 25),
    at(2, 1),
    at(0, 1),
    at(2, 31, 2025),
    Number.NEGATIVE_INFINITY,
  ]);
});

test.each([
  ['no data', undefined, ['1D']],
  ['data of today', now - 60_000, ['1D']],
  ['of yesterday', at(2, 30), ['1D', '1W']],
  ['of eight days', at(2, 24), ['1D', '1W', '1M']],
  ['of seven weeks', at(1, 10), ['1D', '1W', '1M', 'YTD']],
  ['of last year', at(11, 30, 2025), ['1D', '1W', '1M', 'YTD', '1Y']],
  ['of years', at(0, 1, 2024), [...RANGES]],
])('%s: only ranges that show more than the next shorter one', (_, oldest, ranges) => {
  expect(rangesWithData(oldest, now)).toEqual(ranges);
});

test('in January, the year is shorter than a month; on its first day, it is today', () => {
  const january = at(0, 20);
  expect(rangesWithData(at(0, 5), january)).toEqual(['1D', '1W', 'YTD']);
  expect(rangesWithData(at(11, 28, 2025), january)).toEqual(['1D', '1W', '1M', 'YTD']);
  expect(rangesWithData(at(11, 31, 2025), at(0, 1) + 3_600_000)).toEqual(['1D', '1W']);
});
