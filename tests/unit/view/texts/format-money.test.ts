// Money, prices, counts and shares as text, at the limits of each rule.

import { expect, test } from 'vitest';
import type { Micros } from '../../../../src/domain/money.ts';
import {
  formatCents,
  formatChange,
  formatCount,
  formatDollars,
  formatShare,
  formatShareOf,
  inParts,
  isFlat,
} from '../../../../src/view/texts/format-money.ts';
import { as } from '../../../fakes/plain.ts';

const of = (micros: number) => micros as Micros;
const EN = 'en-US';

test.each([
  [0, '$0.00', '$0.00'],
  [9_999, '$0.00', '$0.009999'],
  [-9_999, '$0.00', '−$0.009999'],
  [10_000, '$0.01', '$0.01'],
  [-10_000, '−$0.01', '−$0.01'],
  [19_999, '$0.01', '$0.019999'],
  [-10_001, '−$0.02', '−$0.010001'],
  [1_234_567_890_000, '$1,234,567.89', '$1,234,567.89'],
])('%i micro-dollars are %s, exactly %s', (amount, cents, exact) => {
  expect(formatDollars(of(amount), EN)).toBe(cents);
  expect(formatDollars(of(amount), EN, 'exact')).toBe(exact);
});

test.each([
  [0, '$0.00', '$0.00'],
  [9_999, '$0.00', '+$0.009999'],
  [-9_999, '$0.00', '−$0.009999'],
  [10_000, '+$0.01', '+$0.01'],
  [-10_001, '−$0.02', '−$0.010001'],
])('a change of %i micro-dollars is %s, exactly %s', (amount, cents, exact) => {
  expect(formatChange(of(amount), EN)).toBe(cents);
  expect(formatChange(of(amount), EN, 'exact')).toBe(exact);
});

test('less than a cent is flat, a cent is not', () => {
  expect([0, 9_999, -9_999, 10_000, -10_000].map((amount) => isFlat(of(amount)))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

test.each([
  [480_000, '48¢'],
  [818_000, '81.8¢'],
  [5_050, '0.5¢'],
  [5_059, '0.5¢'],
  [500, '0.05¢'],
  [999_999, '99.99¢'],
  [-10_000, '−1¢'],
])('a price of %i is %s', (price, text) => {
  expect(formatCents(of(price), EN)).toBe(text);
});

test.each([
  [20_500_000, '20.5'],
  [1_009_999, '1'],
  [1_019_999, '1.01'],
  [12_345_000_000, '12,345'],
])('%i millionths of a contract are %s', (count, text) => {
  expect(formatCount(as(count), EN)).toBe(text);
});

test.each([
  [12_999, '+1.2%'],
  [-12_001, '−1.3%'],
  [10_000, '+1%'],
  [9_999, '+0.99%'],
  [900, '+0.09%'],
  [-9_901, '−1%'],
  [-101, '−0.02%'],
  [0, '0%'],
  [1_000_000, '+100%'],
])('a share of %i millionths is %s', (share, text) => {
  expect(formatShare(as(share), EN)).toBe(text);
});

test.each([
  [900_000, 1_000_000_000, '(+0.09%)'],
  [-1_000, 1_000_000_000, undefined], // less than a cent
  [-10_000, 1_000_000_000, undefined], // less than a hundredth of a percent, up or down
  [10_000, 1_000_000_000, undefined],
  [-3_200_000, 3_200_000, '(−100%)'],
  [10_000, 0, undefined],
])('%i of %i micro-dollars are %s', (amount, from, text) => {
  expect(formatShareOf({ amount: of(amount), from: of(from) }, EN)).toBe(text);
});

test.each([
  ['$1,234.56', ['$1,234', '.56']],
  ['1.234,56 $', ['1.234', ',56 $']],
  ['1.234,56 US$', ['1.234', ',56 US$']],
  ['−$0.07', ['−$0', '.07']],
  ['•••', ['•••', '']],
  ['$5', ['$5', '']],
])('%s in parts', (text, parts) => {
  expect(inParts(text)).toEqual(parts);
});
