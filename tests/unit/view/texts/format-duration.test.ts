// How long until a market closes, how old a part is, and times.
import { describe, expect, test } from 'vitest';
import { formatMinutes, formatSeconds, formatUntil } from '../../../../src/view/texts/format-duration.ts';
import { ageIfOlder, formatMoment } from '../../../../src/view/texts/translate.ts';
import { english } from '../../../fakes/english.ts';

const EN = 'en-US';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOON = Date.UTC(2026, 10, 22, 12);

describe.each([
  ['en-US', { tomorrow: 'tomorrow', hours: 'in 3h', days: 'in 17d', minutes: 'in 5m' }],
  ['es', { tomorrow: 'mañana', hours: 'dentro de 3 h', days: 'dentro de 17 d', minutes: 'dentro de 5 min' }],
] as const)('%s', (locale, words) => {
  test.each([
    ['minutes', 5 / 60, 0],
    ['hours', 3, 0],
    ['hours', 3, 1], // shortly after the next midnight
    ['tomorrow', 13, 1],
    ['tomorrow', 35, 1],
    ['days', 17 * 24, 17],
  ] as const)('%s: %d hours later, %i calendar days later', (word, hours, days) => {
    expect(formatUntil(NOON + hours * HOUR, NOON, days, locale)).toBe(words[word]);
  });
  test('36 hours later is not tomorrow, if it is the day after', () => {
    expect(formatUntil(NOON + 36 * HOUR, NOON, 2, locale)).not.toBe(words.tomorrow);
  });
});

test('durations', () => {
  expect(formatMinutes(1, EN)).toBe('1 minute');
  expect(formatMinutes(5, EN)).toBe('5 minutes');
  expect([1, 30, 59, 60, 120].map((seconds) => formatSeconds(seconds, EN))).toEqual([
    '1 second',
    '30 seconds',
    '59 seconds',
    '1 minute',
    '2 minutes',
  ]);
});

test.each([
  [0, 0, 'this minute'],
  [59 * MINUTE, 0, 'in 59m'],
  [59 * MINUTE, 1, 'in 59m'],
  [HOUR, 0, 'in 1h'],
  [2 * HOUR - 1, 0, 'in 1h'],
  [6 * HOUR - 1, 1, 'in 5h'],
  [6 * HOUR, 1, 'tomorrow'],
  [20 * HOUR, 0, 'in 20h'],
  [17 * 24 * HOUR, 17, 'in 17d'],
])('%i milliseconds and %i days later: %s', (ms, days, text) => {
  expect(formatUntil(ms, 0, days, EN)).toBe(text);
});

test('a time, with the date on another day', () => {
  const now = new Date(2026, 10, 22, 12).getTime();
  expect(formatMoment(now, now, EN)).toMatch(/^12:00:00\sPM$/);
  expect(formatMoment(now, now, EN, 'short')).toMatch(/^12:00\sPM$/);
  expect(formatMoment(now - 24 * HOUR, now, EN, 'short')).toMatch(/^Nov 21, 2026, 12:00\sPM$/);
});

test('a part shows its own time once it is two minutes older than the balance', () => {
  const now = new Date(2026, 10, 22, 12).getTime();
  expect(ageIfOlder(null, now, now, english)).toBeUndefined();
  expect(ageIfOlder(now, now, now, english)).toBeUndefined();
  expect(ageIfOlder(now - 2 * MINUTE + 1, now, now, english)).toBeUndefined();
  expect(ageIfOlder(now - 2 * MINUTE, now, now, english)).toMatch(/^as of 11:58\sAM$/);
});
