// A position: unrealized result since purchase, move of a day, thin books.

import { describe, expect, test } from 'vitest';
import { type Contracts, NO_CONTRACTS } from '../../../../src/domain/contracts.ts';
import { EMPTY_HOLDINGS, haveHoldingsMoved } from '../../../../src/domain/holdings/holdings.ts';
import type { Market } from '../../../../src/domain/holdings/market.ts';
import { isThin, positionOf, unrealizedOf } from '../../../../src/domain/holdings/position.ts';
import type { Micros } from '../../../../src/domain/money.ts';
import type { Quantity } from '../../../../src/domain/quantity.ts';
import { as } from '../../../fakes/plain.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const DAY = 86_400_000;
const money = <Q extends Quantity = Micros>(units: number) => as<Q>(Math.round(units * 1e6));
const market = (more: Partial<Market> = {}): Market => ({
  event: 'E',
  title: 'Title',
  yes: 'Yes answer',
  no: 'No answer',
  last: money(0.6),
  previous: money(0.3),
  yesBid: money(0.59),
  noBid: money(0.39),
  closesAt: null,
  settles: null,
  legs: [],
  ...more,
});
const position = (
  contracts: number,
  exposure: number,
  changedAt: number | null,
  more: Partial<Market> = {},
) => {
  const held = { ticker: 'T', held: money<Contracts>(contracts), exposure: money(exposure), changedAt };
  const made = positionOf(held, market(more), NOW);
  if (!made) throw new Error('nothing is held');
  return made;
};

test('a count of zero is no position', () => {
  const held = { ticker: 'A', held: NO_CONTRACTS, exposure: 0 as Micros, changedAt: null };
  expect(positionOf(held, undefined, NOW)).toBeNull();
});

describe('result', () => {
  test('bought today at 60¢, a day ago 30¢: no gain, and no move of a day', () => {
    const today = position(100, 60, NOW - 3_600_000);
    expect(unrealizedOf(today)).toEqual({ amount: 0, cost: money(60) });
    expect(today.dayMove).toBeNull();
  });
  test('held for a day: the move of that day beside the result since purchase', () => {
    const held = position(100, 48, NOW - DAY);
    expect(unrealizedOf(held)).toEqual({ amount: money(12), cost: money(48) });
    expect(held.dayMove).toBe(money(30));
  });
  test('unknown since when it is held: no move', () => expect(position(1, 0.6, null).dayMove).toBeNull());
  test('NO is the complement of YES', () => {
    const no = position(-100, 30, NOW - DAY);
    expect(no).toMatchObject({ side: 'no', answer: 'No answer', price: money(0.4), value: money(40) });
    expect(no.bid).toBe(money(0.39));
    expect(no.dayMove).toBe(money(-30));
  });
  test('a cost below zero is unknown, and so is what depends on it', () => {
    const odd = position(100, -5, NOW - DAY);
    expect(odd).toMatchObject({ cost: null, average: null, value: money(60) });
    expect(unrealizedOf(odd)).toBeNull();
  });
  test('without a trade there is no value', () => {
    expect(unrealizedOf(position(1, 0.5, null, { last: null }))).toBeNull();
  });
});

test.each([
  [0.6, 0.59, false],
  [0.6, 0.551, false],
  [0.6, 0.55, true],
  [0.6, null, true],
  [null, 0.5, false],
])('last price %s, bid %s: thin %s', (price, bid, thin) => {
  expect(isThin({ price: price === null ? null : money(price), bid: bid === null ? null : money(bid) })).toBe(
    thin,
  );
});

test('each side has its own price, bid, answer and payout', () => {
  const settled = { settles: money(0.25), closesAt: NOW + DAY };
  expect(position(10, 4, NOW, settled)).toEqual({
    ticker: 'T',
    event: 'E',
    title: 'Title',
    answer: 'Yes answer',
    side: 'yes',
    count: money(10),
    cost: money(4),
    average: money(0.4),
    price: money(0.6),
    bid: money(0.59),
    value: money(6),
    dayMove: null,
    closesAt: NOW + DAY,
    changedAt: NOW,
    payout: money(2.5),
  });
  expect(position(-10, 4, NOW, settled)).toMatchObject({
    answer: 'No answer',
    side: 'no',
    count: money(10),
    price: money(0.4),
    bid: money(0.39),
    value: money(4),
    payout: money(7.5),
  });
});

test('without a market, only what is held is known', () => {
  const held = { ticker: 'T', held: money<Contracts>(10), exposure: money(4), changedAt: NOW - DAY };
  expect(positionOf(held, undefined, NOW)).toEqual({
    ticker: 'T',
    event: 'T',
    title: 'T',
    answer: '',
    side: 'yes',
    count: money(10),
    cost: money(4),
    average: money(0.4),
    price: null,
    bid: null,
    value: null,
    dayMove: null,
    closesAt: null,
    changedAt: NOW - DAY,
    payout: null,
  });
  expect(positionOf(held, market({ title: '' }), NOW)?.title).toBe('T');
});

test('a cost of nothing is known, a negative one is not', () => {
  expect(position(10, 0, NOW)).toMatchObject({ cost: 0, average: 0 });
  expect(position(10, -1, NOW)).toMatchObject({ cost: null, average: null });
});

test('the move of a day needs both prices, and a position that is a day old', () => {
  expect(position(10, 4, NOW - DAY).dayMove).toBe(money(3));
  expect(position(10, 4, NOW - DAY + 1).dayMove).toBeNull();
  expect(position(10, 4, null).dayMove).toBeNull();
  expect(position(10, 4, NOW - DAY, { previous: null }).dayMove).toBeNull();
  expect(position(10, 4, NOW - DAY, { last: null }).dayMove).toBeNull();
});

test('no unrealized result without a value or a cost', () => {
  expect(unrealizedOf({ value: money(3), cost: money(5) })).toEqual({ amount: money(-2), cost: money(5) });
  expect(unrealizedOf({ value: null, cost: money(5) })).toBeNull();
  expect(unrealizedOf({ value: money(3), cost: null })).toBeNull();
});

test.each([
  [0.6, 0.56, false],
  [0.6, 0.55, true],
  [0.6, null, true],
  [null, null, false],
  [null, 0.5, false],
])('a price of %s with a bid of %s is thin: %s', (price, bid, thin) => {
  const of = (dollars: number | null) => (dollars === null ? null : money(dollars));
  expect(isThin({ price: of(price), bid: of(bid) })).toBe(thin);
});

test('holdings have moved when what is held, or what was settled, differs', () => {
  const one = { ...EMPTY_HOLDINGS, positions: [position(10, 4, NOW)] };
  const settlements = [{ ticker: 'S', at: 1, net: money(1) }] as never;
  expect(haveHoldingsMoved(one, { ...one, positions: [position(10, 4, NOW, { last: money(0.9) })] })).toBe(
    false,
  );
  expect(haveHoldingsMoved(one, { ...one, positions: [position(11, 4, NOW)] })).toBe(true);
  expect(haveHoldingsMoved(one, { ...one, positions: [position(10, 5, NOW)] })).toBe(true);
  expect(haveHoldingsMoved(one, { ...one, positions: [position(-10, 4, NOW)] })).toBe(true);
  expect(haveHoldingsMoved(one, EMPTY_HOLDINGS)).toBe(true);
  expect(haveHoldingsMoved(one, { ...one, settlements })).toBe(true);
  expect(haveHoldingsMoved({ ...one, settlements }, { ...one, settlements })).toBe(false);
});
