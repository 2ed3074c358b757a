// Events: collateral that was returned early, the highest payout, and pending payouts.

import { describe, expect, test } from 'vitest';
import { groupsOf, pendingPayouts } from '../../../../src/domain/holdings/event-group.ts';
import type { Position } from '../../../../src/domain/holdings/position.ts';
import type { Micros } from '../../../../src/domain/money.ts';
import type { Quantity } from '../../../../src/domain/quantity.ts';
import { as } from '../../../fakes/plain.ts';

const money = <Q extends Quantity = Micros>(units: number) => as<Q>(Math.round(units * 1e6));
const position = (
  ticker: string,
  side: 'yes' | 'no',
  count: number,
  average: number,
  payout: number | null = null,
): Position => ({
  ticker,
  event: 'E',
  title: ticker,
  answer: '',
  side,
  count: money(count),
  cost: money(count * average),
  average: money(average),
  price: money(average),
  bid: null,
  value: money(count * average),
  dayMove: null,
  closesAt: null,
  changedAt: null,
  payout: payout === null ? null : money(payout),
});
const event = (exclusive: boolean | null, exposure: number | null) => ({
  E: { title: 'Event', exclusive, exposure: exposure === null ? null : money(exposure) },
});

describe('100 NO at 60¢ and 100 NO at 70¢ of one exclusive event; $100 was returned', () => {
  const [a, b] = [position('A', 'no', 100, 0.6), position('B', 'no', 100, 0.7)];
  const events = event(true, 30);

  test('the event costs and is worth its exposure, not $130', () => {
    expect(groupsOf([a, b], events)).toMatchObject([
      { title: 'Event', returned: money(100), cost: money(30), value: money(30), maxPayout: money(100) },
    ]);
  });

  test('A resolves to YES: only B pays, and that was returned: nothing is pending', () => {
    const resolved = [position('A', 'no', 100, 0.6, 0), position('B', 'no', 100, 0.7, 100)];
    expect(pendingPayouts(resolved, events)).toEqual([{ key: 'E', title: 'Event', answer: '', amount: 0 }]);
  });

  test('another market resolves to YES: both pay, $100 of it was returned', () => {
    const resolved = [position('A', 'no', 100, 0.6, 100), position('B', 'no', 100, 0.7, 100)];
    expect(pendingPayouts(resolved, events)).toMatchObject([{ amount: money(100) }]);
  });
});

describe('the highest payout', () => {
  const maxPayout = (positions: Position[], exclusive: boolean | null) => {
    const exposure = positions.reduce((sum, { cost }) => sum + (cost ?? 0), 0) / 1e6;
    return groupsOf(positions, event(exclusive, exposure))[0]?.maxPayout;
  };
  test.each([
    [
      'markets that can all resolve to YES',
      [position('A', 'yes', 10, 0.5), position('B', 'yes', 20, 0.5)],
      false,
      30,
    ],
    [
      'YES of an exclusive event: one pays',
      [position('A', 'yes', 10, 0.5), position('B', 'yes', 20, 0.5)],
      true,
      20,
    ],
    [
      'YES and NO: the winner and every other NO',
      [position('A', 'yes', 10, 0.5), position('B', 'no', 20, 0.5)],
      true,
      30,
    ],
    ['NO: none resolves to YES', [position('A', 'no', 10, 0.5), position('B', 'no', 20, 0.5)], true, 30],
    ['one position', [position('A', 'yes', 10, 0.5)], null, 10],
  ] as const)('%s', (_, positions, exclusive, amount) => {
    expect(maxPayout([...positions], exclusive)).toBe(money(amount));
  });

  test('is unknown while it is not known whether the markets exclude each other', () => {
    expect(maxPayout([position('A', 'yes', 10, 0.5), position('B', 'yes', 20, 0.5)], null)).toBeNull();
  });
});

test('without returned collateral every payout is its own row, also of a lost position', () => {
  const known = [position('A', 'yes', 10, 0.5, 10), position('B', 'yes', 20, 0.5, 0)];
  expect(pendingPayouts(known, event(false, 15)).map(({ key, amount }) => [key, amount])).toEqual([
    ['A', money(10)],
    ['B', 0],
  ]);
});

test('an unknown exposure, or a cost that is unknown: nothing is deducted', () => {
  const both = [position('A', 'no', 100, 0.6), position('B', 'no', 100, 0.7)];
  expect(groupsOf(both, event(true, null))).toMatchObject([{ returned: 0, cost: money(130) }]);
  expect(groupsOf(both, {})).toMatchObject([{ title: 'B', returned: 0, maxPayout: null }]);
  const unknown = both.map((each) => ({ ...each, cost: null }));
  expect(groupsOf(unknown, event(true, 30))).toMatchObject([{ returned: 0, cost: null }]);
});

describe('order, and what is not known', () => {
  const of = (event: string, ticker: string, more: Partial<Position> = {}): Position => ({
    ...position(ticker, 'yes', 10, 0.5),
    event,
    ...more,
  });

  test('the most valuable event and position first, those without a value last', () => {
    const positions = [
      of('E', 'E-1', { value: null }),
      of('F', 'F-1', { value: money(3) }),
      of('F', 'F-2', { value: money(4) }),
      of('G', 'G-1', { value: money(9) }),
      of('H', 'H-1', { value: money(0) }),
    ];
    const groups = groupsOf(positions, {});
    expect(groups.map(({ event }) => event)).toEqual(['G', 'F', 'H', 'E']);
    expect(groups[1]?.positions.map(({ ticker }) => ticker)).toEqual(['F-2', 'F-1']);
    const unknown = groupsOf([of('F', 'F-1', { value: null }), of('F', 'F-2', { value: money(0) })], {});
    expect(unknown[0]?.positions.map(({ ticker }) => ticker)).toEqual(['F-2', 'F-1']);
  });

  test('a sum with an unknown part is unknown; an event without an open position is none', () => {
    const [group] = groupsOf([of('E', 'A', { cost: null }), of('E', 'B')], event(false, 1));
    expect(group).toMatchObject({ cost: null, value: money(10), returned: 0, maxPayout: money(20) });
    expect(groupsOf([of('E', 'A', { payout: money(10) })], {})).toEqual([]);
    const [open] = groupsOf([of('E', 'A', { payout: money(10) }), of('E', 'B')], event(false, null));
    expect(open).toMatchObject({ title: 'Event', cost: money(5), maxPayout: money(10) });
    expect(groupsOf([of('E', 'A')], { E: { title: '', exclusive: null, exposure: null } })[0]).toMatchObject({
      title: 'A',
      maxPayout: money(10),
    });
  });

  test('an exposure above the cost returned nothing', () => {
    expect(groupsOf([of('E', 'A')], event(true, 7))[0]).toMatchObject({ returned: 0, cost: money(5) });
    expect(groupsOf([of('E', 'A')], event(true, 5))[0]?.returned).toBe(0);
  });

  test('YES of one market and NO of others of an exclusive event', () => {
    const yes = position('A', 'yes', 10, 0.5);
    const no = position('B', 'no', 4, 0.5);
    const highest = (...positions: Position[]) =>
      groupsOf(positions, event(true, positions.length * 5))[0]?.maxPayout;
    expect(highest(yes, { ...no, cost: money(5) })).toBe(money(14));
    expect(highest({ ...no, cost: money(5) })).toBe(money(4));
    const two = { ...position('C', 'no', 7, 0.5), cost: money(5) };
    expect(highest({ ...no, cost: money(5) }, two)).toBe(money(11)); // neither resolves to YES
  });

  test('pending payouts of an event without returned collateral are its markets', () => {
    const positions = [of('E', 'A', { payout: money(10), answer: 'yes' }), of('E', 'B')];
    const row = { key: 'A', title: 'A', answer: 'yes', amount: money(10) };
    expect(pendingPayouts(positions, event(true, 10))).toEqual([row]);
    expect(pendingPayouts(positions, {})).toEqual([row]);
    expect(pendingPayouts([of('E', 'B')], event(true, 1))).toEqual([]);
    expect(pendingPayouts(positions, { E: { title: '', exclusive: true, exposure: money(4) } })).toEqual([
      { key: 'E', title: 'A', answer: '', amount: money(4) },
    ]);
  });
});

describe('the highest payout of a ladder', () => {
  const at = (strike: number, way: 'above' | 'below' = 'above') =>
    ({ threshold: { strike, way, orEqual: false } }) as const;
  const maxPayout = (...positions: Position[]) =>
    groupsOf(positions, { E: { title: '', exclusive: false, isLadder: true, exposure: null } })[0]?.maxPayout;
  const [yes, no] = [position('HIGHER', 'yes', 100, 0.3), position('LOWER', 'no', 100, 0.4)];

  test.each([
    [
      'YES of the higher strike, NO of the lower one: at most one pays',
      { ...yes, ...at(2) },
      { ...no, ...at(1) },
      100,
    ],
    [
      'YES of the lower strike, NO of the higher one: both may pay',
      { ...yes, ...at(1) },
      { ...no, ...at(2) },
      200,
    ],
    [
      'below: YES of the lower strike, NO of the higher one',
      { ...yes, ...at(1, 'below') },
      { ...no, ...at(2, 'below') },
      100,
    ],
    [
      'above and below one strike: not both',
      { ...yes, ...at(1) },
      { ...position('B', 'yes', 70, 0.3), ...at(1, 'below') },
      100,
    ],
  ])('%s', (_, one, other, most) => expect(maxPayout(one, other)).toBe(money(most)));

  test('nothing is said where a threshold is unknown, or two markets have the same', () => {
    expect(maxPayout({ ...yes, ...at(2) }, no)).toBeNull();
    expect(maxPayout({ ...yes, ...at(2) }, { ...no, ...at(2) })).toBeNull();
  });
});
