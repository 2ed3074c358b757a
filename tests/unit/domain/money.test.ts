// Money: exact in, exact out, never rounded up.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Contracts, divide, multiply } from '../../../src/domain/contracts.ts';
import { fromCents, type Micros, micros, parseDollars } from '../../../src/domain/money.ts';
import { add, decimal, isLimited, limitedSum, negate } from '../../../src/domain/quantity.ts';
import type { Share } from '../../../src/domain/share.ts';
import { formatDollars } from '../../../src/view/texts/format-money.ts';
import { as } from '../../fakes/plain.ts';

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

test('displayed amounts are rounded down, never up; less than a cent is zero', () => {
  fc.assert(
    fc.property(amounts, (amount) => {
      const plain = (text: string) => text.replaceAll(/[$,]/g, '').replace('−', '-');
      expect(plain(formatDollars(amount, 'en-US', 'exact'))).toBe(decimal(amount));
      const [exact, cent] = [BigInt(amount), 10_000n];
      const below = exact < 0n && exact % cent !== 0n && exact <= -cent ? 1n : 0n;
      const cents = exact / cent - below;
      const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
      const expected = `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
      expect(plain(formatDollars(amount, 'en-US'))).toBe(expected);
    }),
  );
});

const factors = fc.integer({ min: -1e12, max: 1e12 });

test('multiply and divide truncate toward zero, and are undefined where they would not be exact', () => {
  fc.assert(
    fc.property(factors, factors, (a, b) => {
      const exact = BigInt(a) * BigInt(b);
      const safe = (value: bigint) => (Number.isSafeInteger(Number(value)) ? Number(value) : undefined);
      expect(multiply(as(a), as(b))).toBe(safe(exact / 1_000_000n));
      if (b !== 0) expect(divide(as(a), as(b))).toBe(safe((BigInt(a) * 1_000_000n) / BigInt(b)));
    }),
  );
  expect(divide(as(1_000_000), as(0))).toBeUndefined();
  expect(multiply(as(Number.MAX_SAFE_INTEGER), as(Number.MAX_SAFE_INTEGER))).toBeUndefined();
});

test.each([
  ['en-US', '$1,234.56'],
  ['es', '1234,56\u00a0$'],
  ['de', '1.234,56\u00a0$'],
])('in %s', (locale, text) => expect(formatDollars(1_234_567_899 as Micros, locale)).toBe(text));

test('money, contracts and shares do not mix', () => {
  const [money, contracts, share] = [as<Micros>(2_000_000), as<Contracts>(3_000_000), as<Share>(500_000)];
  expect(multiply(money, contracts)).toBe(6_000_000);
  // @ts-expect-error: two prices
  multiply(money, money);
  // @ts-expect-error: in the wrong order
  multiply(contracts, money);
  // @ts-expect-error: an amount and a count
  add(money, contracts);
  // @ts-expect-error: an amount and a share
  limitedSum(money, money, share);
});

test('a sum is limited to what a number holds exactly', () => {
  const most = as(Number.MAX_SAFE_INTEGER);
  expect(limitedSum(as(1), as(2), as(-4))).toBe(-1);
  expect(limitedSum(most, as(1))).toBe(most);
  expect(limitedSum(negate(most), as(-1))).toBe(-most);
  expect([most, negate(most), as(5)].map(isLimited)).toEqual([true, true, false]);
});
