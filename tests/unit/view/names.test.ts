// Names, colours and icons: each value has its own.
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { badgeColour, iconPath } from '../../../src/view/badge/badge-look.ts';
import { formatMinutes, formatSeconds, formatUntil } from '../../../src/view/texts/format-duration.ts';
import { describePower } from '../../../src/view/texts/key-power.ts';
import { PERIOD_NAMES } from '../../../src/view/texts/period-names.ts';
import { ageIfOlder, formatMoment } from '../../../src/view/texts/translate.ts';
import { english } from '../../fakes/english.ts';

const EN = 'en-US';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test.each([
  ['live', 'live', '#0b7a5f', '#8a5a00'],
  ['stale', 'stale', '#5c6673', '#5c6673'],
  ['attention', 'attention', '#b3341f', '#b3341f'],
  ['idle', 'live', '#5c6673', '#5c6673'],
  ['locked', 'locked', '#5c6673', '#5c6673'],
] as const)('%s: the icon %s, and its colours', (look, icon, colour, demoColour) => {
  for (const size of [16, 32, 48] as const) {
    expect(iconPath({ look }, size)).toBe(`/icons/${icon}-${size}.png`);
    expect(existsSync(`public${iconPath({ look }, size)}`)).toBe(true);
  }
  expect(badgeColour({ look, demo: false })).toBe(colour);
  expect(badgeColour({ look, demo: true })).toBe(demoColour);
});

test.each([
  [['read::portfolio_balance'], 'can read the balance and nothing else'],
  [['read'], 'can read everything and change nothing'],
  [['read', 'write::trade'], 'can trade'],
  [['read', 'write'], 'can move money'],
  [null, 'has unknown permissions'],
])('a key with the scopes %j %s', (scopes, sentence) => {
  expect(describePower(scopes, english)).toBe(sentence);
});

test('periods', () => {
  const names = Object.entries(PERIOD_NAMES).map(([period, key]) => [period, english.message(key)]);
  expect(names).toEqual([
    ['today', 'Today'],
    ['week', '7 days'],
    ['month', 'This month'],
    ['year', 'This year'],
    ['all', 'All time'],
  ]);
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
