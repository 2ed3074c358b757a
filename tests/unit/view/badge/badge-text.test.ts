// The badge's text: three digit-widths, never overstated, never another magnitude.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Micros, parseDollars } from '../../../../src/domain/money.ts';
import { badgeText, changeText, fitBadgeText } from '../../../../src/view/badge/badge-text.ts';

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
  ['1.2k', '1k'],
  ['9.9k', '9k'],
  ['-.8k', '<0'],
  ['+88', '>0'],
  ['+18', '>0'],
  ['-18', '<0'],
  ['88M', '88M'],
  ['765', '765'],
  ['<1.2k', '<1.2k'],
])('%s where it does not fit: %s', (text, shorter) => {
  expect(fitBadgeText(text, () => true)).toBe(text);
  expect(fitBadgeText(text, () => false)).toBe(shorter);
});

test.each([
  ['0', '0'],
  ['0.5', '>0'],
  ['1', '+1'],
  ['99.99', '+99'],
  ['100', '+.1k'],
  ['999', '+.9k'],
  ['1000', '+1k'],
  ['1999', '+1k'],
  ['9999', '+9k'],
  ['10000', '>0'],
  ['-0.5', '<0'],
  ['-1', '-1'],
  ['-98.01', '-99'],
  ['-99.5', '-.1k'],
  ['-101', '-.2k'],
  ['-900', '-.9k'],
  ['-901', '-1k'],
  ['-9000', '-9k'],
  ['-9001', '<0'],
])('a change of %s is %s', (dollars, shown) => {
  expect(changeText(parseDollars(dollars) as Micros)).toBe(shown);
});
