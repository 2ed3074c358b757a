// A position: unrealized result since purchase, move of a day, thin books.
import { describe, expect, test } from 'vitest';
import type { Market } from '../../../../src/portfolio/holdings/market.ts';
import { isThin, positionOf, unrealizedOf } from '../../../../src/portfolio/holdings/position.ts';
import type { Micros } from '../../../../src/portfolio/money.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const DAY = 86_400_000;
const money = (dollars: number) => Math.round(dollars * 1_000_000) as Micros;
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
  ...more,
});
const position = (
  contracts: number,
  exposure: number,
  changedAt: number | null,
  more: Partial<Market> = {},
) => {
  const held = { ticker: 'T', held: money(contracts), exposure: money(exposure), changedAt };
  const made = positionOf(held, market(more), NOW);
  if (!made) throw new Error('nothing is held');
  return made;
};

test('a count of zero is no position', () => {
  const held = { ticker: 'A', held: 0 as Micros, exposure: 0 as Micros, changedAt: null };
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
