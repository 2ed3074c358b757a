// Resting orders beside the positions that they close.

import { describe, expect, test } from 'vitest';
import type { Contracts } from '../../../../src/domain/contracts.ts';
import { ordersOf, type RestingOrder } from '../../../../src/domain/holdings/order.ts';
import type { Micros } from '../../../../src/domain/money.ts';
import type { Quantity } from '../../../../src/domain/quantity.ts';
import { as } from '../../../fakes/plain.ts';

const money = <Q extends Quantity = Micros>(units: number) => as<Q>(Math.round(units * 1e6));
const order = (side: 'yes' | 'no', count: number, price: number, ticker = 'T'): RestingOrder => ({
  id: `${side} ${count} ${price}`,
  ticker,
  side,
  count: money(count),
  price: money(price),
});
const effect = (held: number, ...orders: RestingOrder[]) =>
  ordersOf(orders, new Map([['T', money(held)]]), {}).map(({ closes, committed, brings }) =>
    [closes, committed, brings].map((each) => each / 1e6),
  );

describe('closes, takes, brings', () => {
  test.each([
    ['100 YES held, sold at 60¢', 100, [order('no', 100, 0.4)], [[100, 0, 60]]],
    ['100 NO held, sold at 30¢', -100, [order('yes', 100, 0.7)], [[100, 0, 30]]],
    ['nothing held', 0, [order('no', 100, 0.4)], [[0, 40, 0]]],
    ['more of the same side', 100, [order('yes', 10, 0.5)], [[0, 5, 0]]],
    ['a part closes, the rest opens', 60, [order('no', 100, 0.4)], [[60, 16, 36]]],
    [
      'two orders for one position: what fills first closes it',
      100,
      [order('no', 100, 0.3), order('no', 50, 0.4)],
      [
        [50, 0, 30],
        [50, 15, 35],
      ],
    ],
    ['a fraction of a contract', 0.5, [order('no', 0.75, 0.4)], [[0.5, 0.1, 0.3]]],
  ])('%s', (_, held, orders, expected) => {
    const close = effect(held, ...orders).map((row) => row.map((each) => Math.round(each * 1e6) / 1e6));
    expect(close).toEqual(expected);
  });

  test('a position of another market closes nothing', () => {
    expect(ordersOf([order('no', 1, 0.4, 'U')], new Map([['T', money(9)]]), {})).toMatchObject([
      { closes: 0 },
    ]);
  });
});

test('an order whose amounts are not exact is left out; the caller counts it', () => {
  expect(ordersOf([order('no', 9_000_000_000, 5)], new Map(), {})).toHaveLength(0);
});

test('the words of the side that it buys; without a market, the ticker', () => {
  const market = { title: 'Rain', yes: 'above', no: 'below' } as never;
  const words = (side: 'yes' | 'no', markets: object) =>
    ordersOf([order(side, 1, 0.4)], new Map(), markets as never).map(({ title, answer }) => [title, answer]);
  expect(words('yes', { T: market })).toEqual([['Rain', 'above']]);
  expect(words('no', { T: market })).toEqual([['Rain', 'below']]);
  expect(words('yes', {})).toEqual([['T', '']]);
  expect(words('yes', { T: { title: '', yes: 'above', no: '' } })).toEqual([['T', 'above']]);
});

test('an order of another market closes nothing, and one that is not exact is left out', () => {
  expect(effect(100, order('no', 10, 0.5, 'other'))).toEqual([[0, 5, 0]]);
  const inexact = { ...order('no', 1, 0.4), count: as<Contracts>(Number.MAX_SAFE_INTEGER), price: money(3) };
  expect(effect(0, inexact)).toEqual([]);
});
