// The result of a market, against tables worked out by hand and against recorded settlements.
import { describe, expect, test } from 'vitest';
import type { Contracts } from '../../../../src/domain/contracts.ts';
import type { SettledMarket } from '../../../../src/domain/holdings/settlement.ts';
import type { Micros } from '../../../../src/domain/money.ts';
import { marketResult } from '../../../../src/domain/pnl/compute-result.ts';
import type { Fill } from '../../../../src/domain/pnl/fill.ts';
import { partsWithin, resultOf } from '../../../../src/domain/pnl/market-result.ts';
import { parseDecimal, type Quantity } from '../../../../src/domain/quantity.ts';
import { SETTLEMENTS } from '../../../exchange/recorded/settlements.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 8, 1);
const exact = <Q extends Quantity = Micros>(text: string) => parseDecimal(text) as Q;

/** Side, contracts, price and fee in dollars, hours after the start. */
type Trade = [side: Fill['side'], count: string, price: string, fee: string, hour: number];

const fillsOf = (trades: readonly Trade[]): Fill[] =>
  trades.map(([side, count, price, fee, hour], index) => ({
    id: `${index}`,
    ticker: 'T',
    side,
    count: exact(count),
    price: exact(price),
    fee: exact(fee),
    at: START + hour * HOUR,
  }));

const settled = (row: Partial<SettledMarket>): SettledMarket => ({
  ticker: 'T',
  result: 'yes',
  yesCount: exact('0'),
  yesCost: exact('0'),
  noCount: exact('0'),
  noCost: exact('0'),
  revenue: exact('0'),
  value: null,
  fees: exact('0'),
  at: START + 100 * HOUR,
  ...row,
});

/** The result with a settlement, whose costs are those of the trades unless it has some. */
function of(trades: readonly Trade[], settled: SettledMarket | null = null) {
  const costOf = (side: Fill['side']) =>
    trades.reduce((sum, [each, count, price]) => {
      return each === side ? sum + Math.round(Number(count) * Number(price) * 1_000_000) : sum;
    }, 0) as Micros;
  const isPlain = settled && settled.yesCost === 0 && settled.noCost === 0;
  const row = isPlain ? { ...settled, yesCost: costOf('yes'), noCost: costOf('no') } : settled;
  return marketResult('T', fillsOf(trades), { settled: row, ending: null, books: null });
}

const resultsOf = (trades: readonly Trade[], settlement: SettledMarket | null = null) =>
  of(trades, settlement)?.parts.map((part) => resultOf(part) / 10_000);

// Results in cents.
test.each<[name: string, trades: Trade[], settlement: SettledMarket | null, results: number[]]>([
  ['bought: no result yet', [['yes', '10', '0.40', '0.10', 0]], null, [0]],
  [
    // 10 at 40¢ and 10¢ of fees; 4 sold at 50¢ for 4¢: 200 − 160 − 4 − 4.
    'sold in part: its share of the cost and of the fee of buying',
    [
      ['yes', '10', '0.40', '0.10', 0],
      ['no', '4', '0.50', '0.04', 1],
    ],
    null,
    [0, 32],
  ],
  [
    // 10 at 40¢, 10 more at 60¢: 50¢ on average; 5 sold at 70¢.
    'the average of what is held is what was paid',
    [
      ['yes', '10', '0.40', '0', 0],
      ['yes', '10', '0.60', '0', 1],
      ['no', '5', '0.30', '0', 2],
    ],
    null,
    [0, 0, 100],
  ],
  [
    // 10 YES at 40¢ are sold at 45¢ and 5 NO are opened at 55¢, with 15¢ of fees for all 15; NO wins.
    'one trade closes one side and opens the other',
    [
      ['yes', '10', '0.40', '0', 0],
      ['no', '15', '0.55', '0.15', 1],
    ],
    settled({
      result: 'no',
      yesCount: exact('10'),
      noCount: exact('15'),
      revenue: exact('5'),
      fees: exact('0.15'),
    }),
    [0, 50 - 10, 500 - 275 - 5],
  ],
  [
    'settled and lost',
    [['no', '10', '0.30', '0.20', 0]],
    settled({ noCount: exact('10'), fees: exact('0.20') }),
    [0, -320],
  ],
  [
    'closed early, then settled: nothing more comes of it',
    [
      ['yes', '2', '0.80', '0', 0],
      ['no', '2', '0.10', '0', 1],
    ],
    settled({ yesCount: exact('2'), noCount: exact('2') }),
    [0, 20],
  ],
])('%s', (_, trades, settlement, results) => {
  expect(resultsOf(trades, settlement)).toEqual(results);
});

test('without all fills, the settlement alone says what a market brought', () => {
  const trades: Trade[] = [['no', '4', '0.50', '0.04', 1]]; // the purchase before it is missing
  const settlement = settled({
    yesCount: exact('10'),
    yesCost: exact('4'),
    noCount: exact('4'),
    noCost: exact('2'),
    revenue: exact('6'),
    fees: exact('0.14'),
  });
  const result = of(trades, settlement);
  expect(result).toMatchObject({ partial: true, outcome: 'yes' });
  expect(result?.parts).toMatchObject([{ sold: 4_000_000, settled: 6_000_000, cost: 6_000_000 }]);
  // 6 dollars, and 4 for the pairs, minus 4 and 2, minus 14¢.
  expect(result?.parts.map(resultOf)).toEqual([3_860_000]);
  expect(of([], settlement)?.parts.map(resultOf)).toEqual([3_860_000]);
});

test('trades of one quarter of an hour are one part; a period takes its own parts', () => {
  const trades: Trade[] = [
    ['yes', '10', '0.40', '0', 0],
    ['no', '1', '0.50', '0', 0.1],
    ['no', '2', '0.50', '0', 0.2],
    ['no', '3', '0.50', '0', 5],
  ];
  const market = of(trades, null);
  if (!market) throw new Error('no result');
  expect(market.parts).toHaveLength(2);
  expect(market.parts[0]).toMatchObject({ sold: 3_000_000, at: START + 0.2 * HOUR });
  expect(partsWithin(market, START, START + HOUR)).toMatchObject({ sold: 3_000_000 });
  expect(partsWithin(market, START + HOUR, START + 10 * HOUR)).toMatchObject({
    sold: 3_000_000,
    cost: 1_200_000,
  });
  expect(partsWithin(market, START + 6 * HOUR, START + 10 * HOUR)).toBeNull();
});

test('a market without anything known, or with amounts that are not exact, has no result', () => {
  expect(of([])).toBeUndefined();
  const huge: Trade[] = Array.from({ length: 3 }, () => ['yes', '4000000000', '0.99', '0', 0]);
  expect(of(huge, null)).toBeUndefined();
});

describe('recorded settlements with their fills', () => {
  const withFills = SETTLEMENTS.filter(({ fills }) => fills);
  test('there are some', () => expect(withFills.length).toBeGreaterThanOrEqual(3));

  test.each(withFills)('$row.ticker: $stated', ({ row, fills = [], stated = '' }) => {
    const counts = { yes: exact<Contracts>(row.yes_count_fp), no: exact<Contracts>(row.no_count_fp) };
    const yesCost = exact(row.yes_total_cost_dollars);
    const [, count = '0', price = '0'] = fills[0] ?? [];
    const side = Math.round((Number(exact(count)) * exact(price)) / 1_000_000) === yesCost ? 'yes' : 'no';
    const other = side === 'yes' ? 'no' : 'yes';
    // A sale is a purchase of the other side at the complement of the price.
    const trades = fills.map(([kind, count, price, fee], hour): Trade => {
      const complement = (1_000_000 - exact(price)) / 1_000_000;
      return kind === 'bought'
        ? [side, count, price, fee, hour]
        : [other, count, complement.toFixed(6), fee, hour];
    });
    const result = of(
      trades,
      settled({
        result: row.market_result,
        yesCount: counts.yes,
        noCount: counts.no,
        yesCost,
        noCost: exact(row.no_total_cost_dollars),
        revenue: (row.revenue * 10_000) as Micros,
        fees: exact(row.fee_cost),
      }),
    );
    expect(result?.partial).toBe(false);
    const sum = result?.parts.reduce((all, part) => all + resultOf(part), 0) ?? Number.NaN;
    const unit = 10 ** (6 - (stated.split('.')[1] ?? '').length);
    expect(Math.trunc(sum / unit)).toBe(exact(stated) / unit); // as many decimals as the source states
  });
});

describe('parts, to the micro-dollar', () => {
  test('buying moves the basis, selling brings its share back, the settlement the rest', () => {
    const trades: Trade[] = [
      ['yes', '10', '0.40', '0.10', 0],
      ['no', '4', '0.50', '0.04', 1],
    ];
    const row = settled({ yesCount: exact('10'), noCount: exact('4'), revenue: exact('6') });
    expect(of(trades, row)).toEqual({
      ticker: 'T',
      side: 'yes',
      outcome: 'yes',
      partial: false,
      booked: null,
      parts: [
        { at: START, sold: 0, settled: 0, cost: 0, proceeds: 0, fees: 0, basis: 4_100_000 },
        {
          at: START + HOUR,
          sold: 4_000_000,
          settled: 0,
          cost: 1_600_000,
          proceeds: 2_000_000,
          fees: 80_000,
          basis: -1_640_000,
        },
        {
          at: START + 100 * HOUR,
          sold: 0,
          settled: 6_000_000,
          cost: 2_400_000,
          proceeds: 6_000_000,
          fees: 60_000,
          basis: -2_460_000,
        },
      ],
    });
  });

  test('a settlement alone says everything in one part, of the side that there was more of', () => {
    const row = { yesCost: exact('2'), noCost: exact('3'), fees: exact('0.50'), revenue: exact('1') };
    const alone = (yes: string, no: string) =>
      of([], settled({ ...row, yesCount: exact(yes), noCount: exact(no) }));
    const part = { cost: 5_000_000, fees: 500_000, basis: 0, at: START + 100 * HOUR };
    expect(alone('5', '4')).toMatchObject({
      side: 'yes',
      partial: true,
      parts: [{ ...part, sold: 4_000_000, settled: 1_000_000, proceeds: 5_000_000 }],
    });
    expect(alone('4', '5')?.side).toBe('no');
    expect(alone('4', '4')?.side).toBe('yes');
  });

  test('what does not match the counts of one side is partial', () => {
    const trades: Trade[] = [['no', '4', '0.50', '0', 0]];
    const partial = (yes: string, no: string) =>
      of(trades, settled({ yesCount: exact(yes), noCount: exact(no) }))?.partial;
    expect([partial('0', '4'), partial('1', '4'), partial('0', '5')]).toEqual([false, true, true]);
  });

  test('nothing that is known is no market; an inexact amount neither', () => {
    expect(of([])).toBeUndefined();
    expect(of([], settled({}))).toBeUndefined();
    const huge = { id: '1', ticker: 'T', side: 'yes', fee: 0, at: START } as const;
    const fill = (count: number, price: number) => ({ ...huge, count, price }) as never as Fill;
    const nothing = { settled: null, ending: null, books: null };
    expect(marketResult('T', [fill(Number.MAX_SAFE_INTEGER, 5_000_000)], nothing)).toBeUndefined();
    const revenue = Number.MAX_SAFE_INTEGER as Micros;
    const wrong = settled({ yesCount: exact('1'), revenue, fees: -5 as Micros });
    expect(of([['yes', '2', '0.1', '0', 0]], wrong)).toBeUndefined();
  });

  test('a period contains its beginning and not its end', () => {
    const made = of([
      ['yes', '10', '0.40', '0', 0],
      ['no', '4', '0.50', '0', 1],
    ]);
    if (!made) throw new Error('no result');
    const at = START + HOUR;
    expect(partsWithin(made, at, at + 1)?.sold).toBe(4_000_000);
    expect(partsWithin(made, at + 1, at + 2)).toBeNull();
    expect(partsWithin(made, at - 1, at)).toBeNull();
    expect(partsWithin(made, START, START + 1)).toBeNull(); // bought only
  });
});
