// The badge's text: three digit-widths, never overstated, never another magnitude.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Micros, parseDollars } from '../../../../src/domain/money.ts';
import type { Share } from '../../../../src/domain/share.ts';
import { badgeText, changeText, fitBadgeText, shareText } from '../../../../src/view/badge/badge-text.ts';

const text = (dollars: string) => badgeText(parseDollars(dollars) as Micros);

describe('the table', () => {
  test.each([
    ['0', '0'],
    ['0.000001', '<1'],
    ['0.999999', '<1'],
    ['1', '1'],
    ['98.0186', '98'],
    ['999.999999', '999'],
    ['1000', '1.0k'],
    ['1234.5678', '1.2k'],
    ['1999.999999', '1.9k'],
    ['9999.999999', '9.9k'],
    ['10000', '10k'],
    ['12999', '12k'],
    ['99999.999999', '99k'],
    ['100000', '.1M'],
    ['120000', '.1M'],
    ['999999.999999', '.9M'],
    ['1000000', '1M'],
    ['9999999', '9M'],
    ['99999999', '99M'],
    ['100000000', '.1B'],
    ['999999999', '.9B'],
    ['8999999999', '8B'],
    ['-0.000001', '<0'],
    ['-0.999999', '<0'],
    ['-1', '-1'],
    ['-1.000001', '-2'],
    ['-98.5', '-99'],
    ['-99', '-99'],
    ['-99.99', '-.1k'],
    ['-100', '-.1k'],
    ['-199.99', '-.2k'],
    ['-900', '-.9k'],
    ['-999.99', '-1k'],
    ['-1000', '-1k'],
    ['-1999', '-2k'],
    ['-9000', '-9k'],
    ['-9000.01', '<0'],
    ['-9999.99', '<0'],
    ['-10000', '<0'],
    ['-8999999999', '<0'],
  ])('%s dollars are %s', (dollars, badge) => expect(text(dollars)).toBe(badge));
});

const UNITS = { '': 1, k: 1_000, M: 1_000_000, B: 1_000_000_000 } as const;

/** The amount that a badge text stands for, in micro-dollars, and the smallest step it can show. */
function read(badge: string): { amount: number; step: number } | undefined {
  const match = /^(-?)(\d*)(?:\.(\d))?([kMB]?)$/.exec(badge);
  if (!match) return undefined;
  const [, sign, whole = '', tenth, unit = ''] = match;
  const scale = UNITS[unit as keyof typeof UNITS] * 1_000_000;
  const step = tenth === undefined ? scale : scale / 10;
  const amount = Number(whole || 0) * scale + Number(tenth ?? 0) * (scale / 10);
  return { amount: sign ? -amount : amount, step };
}

const anyAmount = fc.oneof(
  fc.maxSafeInteger(),
  // as many small as large: every band is met
  fc
    .tuple(fc.integer({ min: 0, max: 15 }), fc.double({ min: -1, max: 1, noNaN: true }))
    .map(([e, x]) => Math.trunc(x * 10 ** e)),
  // around the edges of the bands
  fc.tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: -3, max: 3 })).map(([e, d]) => 10 ** e + d),
);

test('any amount: not overstated, of the right magnitude, and no wider than 0.0k', () => {
  fc.assert(
    fc.property(anyAmount, (value) => {
      const amount = (value + 0) as Micros;
      const badge = badgeText(amount);
      expect(width(badge)).toBeLessThanOrEqual(width('0.0k'));
      const shown = read(badge);
      if (!shown) {
        // no digits: it only states on which side of a bound the amount is
        expect(['<1', '<0']).toContain(badge);
        expect(amount).not.toBe(0);
        expect(badge === '<0' ? amount < 0 : amount > 0 && amount < 1_000_000).toBe(true);
        return;
      }
      // Rounded down, negative amounts too: never more than the amount, and less than a step below it.
      expect(shown.amount).toBeLessThanOrEqual(amount);
      expect(amount - shown.amount).toBeLessThan(shown.step);
      expect(Math.sign(shown.amount)).toBe(Math.sign(amount));
    }),
    { numRuns: 5_000 },
  );
});

/** Advance widths of DejaVu Sans Bold, the widest of the usual toolbar fonts, in 1/2048 em. tests/browser/toolbar.test.ts has the pictures. */
function width(badge: string): number {
  const advances: Record<string, number> = { '.': 778, '-': 850, '<': 1716, k: 1362, M: 2038, B: 1561 };
  return [...badge].reduce((sum, char) => sum + (advances[char] ?? 1425), 0);
}

test.each([
  ['1.2k', '1k', '2k'],
  ['9.9k', '9k', '10k'],
  ['2.0k', '2k', '2k'],
  ['2.3', '2', '3'],
  ['-.8k', '<0', '<0'],
  ['-18', '<0', '<0'],
  ['88M', '88M', '88M'],
  ['765', '765', '765'],
  ['<1.2k', '<1.2k', '<1.2k'],
])('%s where it does not fit: %s, as a loss %s', (text, shorter, asLoss) => {
  expect(fitBadgeText(text, false, () => true)).toBe(text);
  expect(fitBadgeText(text, true, () => true)).toBe(text);
  expect(fitBadgeText(text, false, () => false)).toBe(shorter);
  expect(fitBadgeText(text, true, () => false)).toBe(asLoss);
});

test.each([
  ['0', '0'],
  ['0.5', '<1'],
  ['1', '1'],
  ['99.99', '99'],
  ['150', '150'],
  ['999.99', '999'],
  ['1000', '1.0k'],
  ['1299', '1.2k'],
  ['12999', '12k'],
  ['-0.5', '<1'],
  ['-1', '1'],
  ['-98.01', '99'],
  ['-100.2', '101'],
  ['-999.01', '1.0k'],
  ['-1200', '1.2k'],
  ['-1200.01', '1.3k'],
  ['-9900.01', '10k'],
  ['-99000', '99k'],
  ['-99000.01', '.1M'],
  ['-900000.01', '1M'],
  ['-99000000.01', '.1B'],
  ['-900000000.01', '1B'],
])('a change of %s is %s', (dollars, shown) => {
  expect(changeText(parseDollars(dollars) as Micros)).toBe(shown);
});

test.each([
  [1, '<.1'],
  [999, '<.1'],
  [1_000, '0.1'],
  [23_999, '2.3'],
  [99_999, '9.9'],
  [100_000, '10'],
  [129_999, '12'],
  [12_340_000, '1.2k'],
  [-1, '<.1'],
  [-1_000, '0.1'],
  [-1_001, '0.2'],
  [-23_001, '2.4'],
  [-99_001, '10'],
  [-120_001, '13'],
])('a share of %i millionths is %s', (millionths, shown) => {
  expect(shareText(millionths as Share)).toBe(shown);
});

test('any change and share: no wider than 0.0k, a gain never more and a loss never less than it is', () => {
  const check = (shown: string, micros: number) => {
    expect(width(shown)).toBeLessThanOrEqual(width('0.0k'));
    const magnitude = Math.abs(micros);
    const digits = read(shown);
    if (!digits) return expect(magnitude).toBeLessThan(shown === '<.1' ? 100_000 : 1_000_000);
    const rounded = micros < 0 ? digits.amount - magnitude : magnitude - digits.amount;
    expect(rounded).toBeGreaterThanOrEqual(0);
    expect(rounded).toBeLessThan(digits.step);
  };
  fc.assert(
    fc.property(anyAmount, (value) => {
      check(changeText((value + 0) as Micros), value);
      const millionths = Math.trunc(value / 10_000);
      if (millionths !== 0) check(shareText(millionths as Share), millionths * 100);
    }),
    { numRuns: 5_000 },
  );
});
