// Local days in every time zone, around each change of the clocks: some days have no midnight.

import { afterEach, expect, test, vi } from 'vitest';
import { midnightBefore, midnightDaysBefore, periodStart } from '../../../src/domain/calendar.ts';
import { DAY_MS, HOUR_MS } from '../../../src/domain/durations.ts';

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
      if (!begins(periodStart('week', now + 6 * DAY_MS), week)) wrong.push(`${week} week`);
      if (!begins(periodStart('month', now), `${today.slice(0, 7)}-01`)) wrong.push(`${today} month`);
      if (!begins(periodStart('year', now), `${today.slice(0, 4)}-01-01`)) wrong.push(`${today} year`);
    }
  }
  expect(wrong).toEqual([]);
});
