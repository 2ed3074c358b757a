// The daily summary and the quiet hours go by the clock on the wall, on the days of a clock change too.

import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Alerts, NO_ALERTS } from '../../../../src/domain/alerts/alert.ts';
import { decideAlerts } from '../../../../src/domain/alerts/decide.ts';
import { isQuiet, NO_RULES } from '../../../../src/domain/alerts/rules.ts';
import { isSummaryDue, summaryDay } from '../../../../src/domain/alerts/summary.ts';
import { midnightBefore, midnightDaysBefore, minuteOfDay } from '../../../../src/domain/calendar.ts';
import { ZERO } from '../../../../src/domain/money.ts';

const STEP = 10 * 60_000;
const clock = (at: number) => {
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
};

afterEach(() => vi.unstubAllEnvs());

/** When summaries are made, in three days around a clock change. */
function summariesAround(change: number, summaryAt: number): string[] {
  let alerts: Alerts = { ...NO_ALERTS, rules: { ...NO_RULES, summaryAt } };
  const made: string[] = [];
  const first = midnightDaysBefore(1, change);
  for (let now = first; now < midnightDaysBefore(-2, change); now += STEP) {
    const midnight = midnightBefore(now);
    const day = summaryDay(alerts.rules, now, midnight, midnightDaysBefore(1, now));
    const isDue = isSummaryDue(alerts, day);
    if (isDue) made.push(clock(now));
    const event = { kind: 'summary', total: ZERO, change: null, result: null, settling: 0 } as const;
    alerts = decideAlerts(alerts, { now, midnight, ...(isDue && { summary: { ...event, day } }) });
  }
  return made;
}

// Dates of the time zone database, 2026. In Santiago and Beirut clocks skip midnight; in Havana the hour after it returns.
describe.each([
  ['America/New_York', 3, 8],
  ['America/New_York', 11, 1],
  ['America/Santiago', 9, 6],
  ['America/Santiago', 4, 4],
  ['America/Havana', 11, 1],
  ['Asia/Beirut', 3, 29],
  ['Australia/Lord_Howe', 10, 4],
] as const)('%s, month %i, day %i', (zone, month, day) => {
  test.each([
    [9 * 60, '09:00'],
    [23 * 60 + 30, '23:30'],
    [0, '00:00'],
    [30, '00:30'],
  ])('a summary at minute %i comes once a day, at %s', (summaryAt, time) => {
    vi.stubEnv('TZ', zone);
    const noon = new Date(2026, month - 1, day, 12).getTime();
    const dates = [1, 0, -1].map((before) => new Date(midnightDaysBefore(before, noon)).getDate());
    const made = summariesAround(noon, summaryAt);
    const expected = dates.map((date) => `${String(date).padStart(2, '0')} ${time}`);
    const skipped = expected.map((each, index) =>
      index === 1 && /Santiago|Beirut/.test(zone) && month !== 4 && summaryAt < 60
        ? each.replace(/00:\d\d/, '01:00')
        : each,
    );
    // At midnight of the first day the rule is new: that day's summary counts as made.
    expect(made).toEqual(summaryAt === 0 ? skipped.slice(1) : skipped);
  });

  test('quiet from 22:00 to 7:00', () => {
    vi.stubEnv('TZ', zone);
    const noon = new Date(2026, month - 1, day, 12).getTime();
    for (let now = midnightDaysBefore(1, noon); now < midnightDaysBefore(-2, noon); now += STEP) {
      const hour = new Date(now).getHours();
      const quiet = isQuiet({ ...NO_RULES, quietFrom: 22 * 60, quietTo: 7 * 60 }, minuteOfDay(now));
      expect([clock(now), quiet]).toEqual([clock(now), hour >= 22 || hour < 7]);
    }
  });
});
