// How long until a market closes.
import { describe, expect, test } from 'vitest';
import { formatUntil } from '../../../../src/view/texts/format-duration.ts';

const HOUR = 3_600_000;
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
