// Money: exact in, exact out, never rounded up.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add, decimal, fromCents, type Micros, micros, parseDollars } from '../../../src/portfolio/money.ts';
import { formatDollars } from '../../../src/view/format-money.ts';

describe('parseDollars', () => {
  test.each([
    ['98.0186', 98_018_600],
    ['0', 0],
    ['0.000001', 1],
    ['-0.000001', -1],
    ['-0', 0],
    ['-0.00', 0],
    ['12', 12_000_000],
    ['007.5', 7_500_000],
    ['8999999999.999999', 8_999_999_999_999_999],
    // not exact as a binary fraction
    ['1.1', 1_100_000],
    ['4.35', 4_350_000],
  ])('%s is %d micro-dollars', (text, amount) => expect(parseDollars(text)).toBe(amount));

  test.each([
    '',
    ' ',
    '.5',
    '5.',
    '1.2345678',
    '+1',
    '--1',
    '1e3',
    '0x10',
    '1,234.56',
    '$1',
    '1 ',
    ' 1',
    'NaN',
    'Infinity',
    '9999999999.999999',
    '10000000000',
    '1234567890123',
    '１２',
    '1.2.3',
    '1_000',
  ])('%j is not an amount', (text) => expect(parseDollars(text)).toBeUndefined());
});

test('zero is never negative zero', () => {
  expect(Object.is(parseDollars('-0.0'), 0)).toBe(true);
  expect(Object.is(fromCents(-0), 0)).toBe(true);
});

describe('fromCents', () => {
  test.each([
    [9801, 98_010_000],
    [-1, -10_000],
    [900_000_000_000, 9_000_000_000_000_000],
  ])('%d cents', (cents, amount) => expect(fromCents(cents)).toBe(amount));
  test.each([0.5, Number.NaN, Infinity, 1e15, Number.MAX_SAFE_INTEGER])('%d is refused', (cents) =>
    expect(fromCents(cents)).toBeUndefined(),
  );
});

test('a sum beyond the exact range is undefined', () => {
  const most = Number.MAX_SAFE_INTEGER as Micros;
  expect(add(most, 1 as Micros)).toBeUndefined();
  expect(add(most, -1 as Micros)).toBe(most - 1);
});

const amounts = fc.maxSafeInteger().map((value) => micros(value) as Micros);

test('decimal text and micro-dollars convert both ways', () => {
  fc.assert(
    fc.property(amounts, (amount) => {
      expect(parseDollars(decimal(amount))).toBe(amount);
    }),
  );
});

test('displayed amounts are truncated, never rounded', () => {
  fc.assert(
    fc.property(amounts, (amount) => {
      const plain = (text: string) => text.replaceAll(/[$,]/g, '');
      const exact = decimal(amount);
      expect(plain(formatDollars(amount, 'en-US', 'exact'))).toBe(exact);
      expect(plain(formatDollars(amount, 'en-US'))).toBe(exact.replace(/(\.\d\d)\d*$/, '$1'));
    }),
  );
});

test.each([
  ['en-US', '$1,234.56'],
  ['es', '1234,56\u00a0$'],
  ['de', '1.234,56\u00a0$'],
])('in %s', (locale, text) => expect(formatDollars(1_234_567_899 as Micros, locale)).toBe(text));
