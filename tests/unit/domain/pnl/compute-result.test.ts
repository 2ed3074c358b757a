// What decides about a result where the fills do not say everything: fees, floors, archived settlements, Kalshi's own books.

import { describe, expect, test } from 'vitest';
import type { SettledMarket } from '../../../../src/domain/holdings/settlement.ts';
import { parseDollars } from '../../../../src/domain/money.ts';
import { marketResult } from '../../../../src/domain/pnl/compute-result.ts';
import type { Fill } from '../../../../src/domain/pnl/fill.ts';
import type { MarketFacts } from '../../../../src/domain/pnl/market-facts.ts';
import { resultOf } from '../../../../src/domain/pnl/market-result.ts';
import { as } from '../../../fakes/plain.ts';

const HOUR = 3_600_000;
const SETTLED_AT = 100 * HOUR;
const dollars = (text: string) => parseDollars(text) ?? as(Number.NaN);

/** Side, contracts, price and fee in dollars. One an hour. */
type Trade = [side: Fill['side'], count: string, price: string, fee?: string];
const fillsOf = (trades: readonly Trade[]): Fill[] =>
  trades.map(([side, count, price, fee = '0'], hour) => {
    const amounts = { count: as<Fill['count']>(dollars(count)), price: dollars(price), fee: dollars(fee) };
    return { id: `${hour}`, ticker: 'T', side, at: hour * HOUR, ...amounts };
  });
const NOTHING: MarketFacts = { settled: null, ending: null, books: null };

const settlement = (
  [yesCount, yesCost]: [string, string],
  [noCount, noCost]: [string, string],
  { revenue, value = null, fees = '0' }: { revenue: string; value?: string | null; fees?: string },
): SettledMarket => ({
  ticker: 'T',
  result: value === null ? 'yes' : 'scalar',
  yesCount: as(dollars(yesCount)),
  yesCost: dollars(yesCost),
  noCount: as(dollars(noCount)),
  noCost: dollars(noCost),
  revenue: dollars(revenue),
  value: value === null ? null : dollars(value),
  fees: dollars(fees),
  at: SETTLED_AT,
});
const ending = (value: string) => ({ ticker: 'T', result: 'yes', value: dollars(value), at: SETTLED_AT });
const books = (realized: string, fees: string, traded = '0') => ({
  ticker: 'T',
  realized: dollars(realized),
  fees: dollars(fees),
  traded: dollars(traded),
  at: SETTLED_AT,
});

function compute(trades: readonly Trade[], facts: Partial<MarketFacts>) {
  const made = marketResult('T', fillsOf(trades), { ...NOTHING, ...facts });
  if (!made) throw new Error('no result');
  return {
    net: made.parts.reduce((sum, part) => sum + resultOf(part), 0) / 1_000_000,
    basis: made.parts.reduce((sum, part) => sum + part.basis, 0),
    made,
  };
}

describe('fees', () => {
  test('fills without fees: those of the settlement count', () => {
    const trades: Trade[] = [['yes', '10', '0.40']];
    const settled = settlement(['10', '4'], ['0', '0'], { revenue: '10', fees: '0.17' });
    expect(compute(trades, { settled })).toMatchObject({ net: 10 - 4 - 0.17, basis: 0 });
  });

  test('a position that was sold before: they belong to the last sale', () => {
    const trades: Trade[] = [
      ['yes', '10', '0.40'],
      ['no', '10', '0.50'],
    ];
    const settled = settlement(['10', '4'], ['10', '5'], { revenue: '0', fees: '0.35' });
    const { net, made } = compute(trades, { settled });
    expect(net).toBeCloseTo(1 - 0.35, 9);
    expect(made.parts.at(-1)).toMatchObject({ at: HOUR, fees: 350_000 });
  });

  test('fills with more fees than the settlement says keep their own (recorded: GOLPAR)', () => {
    const trades: Trade[] = [['yes', '77', '0.52', '1.3454']];
    const settled = settlement(['77', '40.04'], ['0', '0'], { revenue: '77' });
    expect(compute(trades, { settled }).net).toBeCloseTo(36.96 - 1.3454, 9);
  });
});

describe('settlement floors (https://docs.kalshi.com/getting_started/settlement_bounds)', () => {
  test('G01: 10 YES at 50¢ cost $3.00 above a floor of 20¢, and are paid 25¢ each', () => {
    const settled = settlement(['10', '3'], ['0', '0'], { revenue: '2.5', value: '0.45' });
    const { net, made } = compute([['yes', '10', '0.50']], { settled });
    expect(net).toBe(-0.5);
    expect(made.partial).toBe(true);
  });

  // The example of the documentation: the floor rises to 30¢ while A holds 100 YES, A sells 50 of them to C at 45¢, B has the
  // other side of A's purchase, and the market settles at 50¢.
  test.each<[who: string, trades: Trade[], settled: SettledMarket, received: number]>([
    [
      'A paid 40.00 and got back 30.00, 7.50 and 10.00',
      [
        ['yes', '100', '0.40'],
        ['no', '50', '0.55'],
      ],
      settlement(['100', '40'], ['50', '27.5'], { revenue: '10', value: '0.5' }),
      47.5 - 40,
    ],
    [
      'C paid 7.50 and got back 10.00',
      [['yes', '50', '0.45']],
      settlement(['50', '7.5'], ['0', '0'], { revenue: '10', value: '0.5' }),
      10 - 7.5,
    ],
    [
      'B paid 60.00 and got back 50.00',
      [['no', '100', '0.60']],
      settlement(['0', '0'], ['100', '60'], { revenue: '50', value: '0.5' }),
      50 - 60,
    ],
  ])('%s', (_, trades, settled, received) => {
    expect(compute(trades, { settled }).net).toBeCloseTo(received, 9);
  });

  test('bought and sold above the same floor: the pairs brought a dollar less the floor', () => {
    // 10 YES at 50¢ and at a floor of 20¢: 3.00; sold at 60¢: 4.00 received.
    const settled = settlement(['10', '3'], ['10', '4'], { revenue: '0', value: '0.45' });
    const trades: Trade[] = [
      ['yes', '10', '0.50'],
      ['no', '10', '0.40'],
    ];
    expect(compute(trades, { settled }).net).toBeCloseTo(4 - 3, 9);
  });
});

describe('archived settlements', () => {
  const TRADES: Trade[] = [
    ['no', '10', '0.30', '0.15'],
    ['yes', '4', '0.60', '0.07'],
  ];

  test.each([
    ['the side held won', '0', 6],
    ['it lost', '1', 0],
    ['it was paid a part', '0.18', 6 * 0.82],
  ])('%s: how the market ended says what was paid', (_, value, paid) => {
    const { net, basis, made } = compute(TRADES, { ending: ending(value) });
    // 10 NO for 3.00, 4 of them sold at 40¢ for 1.60, and the rest is paid.
    expect(net).toBeCloseTo(paid + 1.6 - 3 - 0.22, 9);
    expect(basis).toBe(0);
    expect(made).toMatchObject({ partial: false, outcome: 'yes' });
    expect(made.parts.at(-1)?.at).toBe(SETTLED_AT);
  });

  test('fills without fees: those of the books count', () => {
    const plain = TRADES.map(([side, count, price]): Trade => [side, count, price]);
    const { net, made } = compute(plain, { ending: ending('0'), books: books('4.6', '0.22') });
    expect(net).toBeCloseTo(4.6 - 0.22, 9);
    expect(made.booked).toBe(4_380_000);
  });

  test.each<[name: string, trades: Trade[]]>([
    ['with all fills', TRADES],
    ['with some of them', TRADES.slice(1)],
    ['with none', []],
    ['with more sold than is known to be bought', [['yes', '4', '0.60', '0.30'], ...TRADES]],
  ])('where no list says how the market ended, the books count: %s', (_, trades) => {
    const { net, basis, made } = compute(trades, { books: books('4.6', '0.22', '5.4') });
    expect(net).toBeCloseTo(4.6 - 0.22, 6);
    expect(basis).toBe(0);
    expect(made).toMatchObject({ partial: true, outcome: '', booked: 4_380_000 });
  });

  test('nothing is known: still held', () => {
    expect(compute(TRADES, {})).toMatchObject({ basis: 1_890_000, made: { outcome: null, booked: null } });
  });
});
