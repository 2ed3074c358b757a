// Recorded settlements with the result that the source states, or the fills from which it follows.
//
// They show how Kalshi books an early exit: selling a side is buying the other one, each pair of YES and NO is paid one dollar
// at that moment, `revenue` has only what was held to the end, and `fee_cost` repeats the fees of the fills.
import type { Source } from './sources.ts';

/** A fill as its owner saw it. Dollars; a sale brings the price minus the fee. */
export type Fill = [kind: 'bought' | 'sold', count: string, price: string, fee: string];

interface Recorded {
  source: Source;
  row: {
    ticker: string;
    market_result: string;
    yes_count_fp: string;
    yes_total_cost_dollars: string;
    no_count_fp: string;
    no_total_cost_dollars: string;
    revenue: number;
    fee_cost: string;
    settled_time: string;
  };
  /** The result that the source states, in dollars, with its number of decimals. */
  stated?: string;
  /** The fills, where the source gives them, and what each contract held to the end was paid. */
  fills?: Fill[];
}

const at = '2026-08-31T23:00:00Z';
const none = { no_count_fp: '0.00', no_total_cost_dollars: '0.000000' };

export const SETTLEMENTS: readonly Recorded[] = [
  {
    source: 'bitcoin',
    row: {
      ticker: 'KXBTC15M-26SEP220615-15',
      market_result: 'no',
      yes_count_fp: '2.00',
      yes_total_cost_dollars: '0.012000',
      no_count_fp: '2.00',
      no_total_cost_dollars: '1.600000',
      revenue: 0,
      fee_cost: '0.023300',
      settled_time: '2026-09-22T10:45:00Z',
    },
    stated: '0.3647',
    // NO at 80¢, sold at 99.4¢.
    fills: [
      ['bought', '2', '0.80', '0.0233'],
      ['sold', '2', '0.994', '0'],
    ],
  },
  {
    source: 'bitcoin',
    row: {
      ticker: 'KXBTC15M-26SEP220415-15',
      market_result: 'yes',
      yes_count_fp: '2.00',
      yes_total_cost_dollars: '1.780000',
      ...none,
      revenue: 200,
      fee_cost: '0.013800',
      settled_time: '2026-09-22T08:45:00Z',
    },
    stated: '0.2062',
  },
  {
    source: 'bitcoin',
    row: {
      ticker: 'KXBTC15M-26SEP220630-30',
      market_result: 'no',
      yes_count_fp: '1.00',
      yes_total_cost_dollars: '0.790000',
      ...none,
      revenue: 0,
      fee_cost: '0.011700',
      settled_time: '2026-09-22T11:00:00Z',
    },
    stated: '-0.8017',
  },
  {
    source: 'tennis',
    row: {
      ticker: 'KXWTAMATCH-26AUG30PODWAL-POD',
      market_result: 'yes',
      yes_count_fp: '132.00',
      yes_total_cost_dollars: '47.520000',
      no_count_fp: '132.00',
      no_total_cost_dollars: '10.560000',
      revenue: 0,
      fee_cost: '2.809000',
      settled_time: at,
    },
    stated: '71.11',
    fills: [
      ['bought', '132', '0.36', '2.1289'],
      ['sold', '132', '0.92', '0.6801'],
    ],
  },
  {
    // The source gives the fee of the fill, 1.345400, beside a settlement with fee_cost 0.
    source: 'tennis',
    row: {
      ticker: 'KXWTAMATCH-26AUG30GOLPAR-PAR',
      market_result: 'yes',
      yes_count_fp: '77.00',
      yes_total_cost_dollars: '40.0400',
      ...none,
      revenue: 7700,
      fee_cost: '0.0000',
      settled_time: '2026-08-31T19:00:00Z',
    },
    stated: '36.96',
  },
  {
    source: 'maker',
    row: {
      ticker: 'T-O25',
      market_result: 'yes',
      yes_count_fp: '168.07',
      yes_total_cost_dollars: '127.112500',
      ...none,
      revenue: 16807,
      fee_cost: '2.168600',
      settled_time: at,
    },
    stated: '38.7889',
  },
  {
    source: 'smoke',
    row: {
      ticker: 'KXMLBGAME-26JUL221910BALBOS-BOS',
      market_result: 'yes',
      yes_count_fp: '6.00',
      yes_total_cost_dollars: '3.300000',
      no_count_fp: '6.00',
      no_total_cost_dollars: '2.760000',
      revenue: 0,
      fee_cost: '0.208400',
      settled_time: '2026-07-23T03:00:00Z',
    },
    stated: '-0.2684',
    fills: [
      ['bought', '6', '0.55', '0.1040'],
      ['sold', '6', '0.54', '0.1044'],
    ],
  },
  {
    source: 'smoke',
    row: {
      ticker: 'KXMLSTEAMTOTAL-26JUL22SJORL-ORL3',
      market_result: 'yes',
      yes_count_fp: '5.00',
      yes_total_cost_dollars: '2.950000',
      ...none,
      revenue: 500,
      fee_cost: '0.000000',
      settled_time: '2026-07-23T04:21:13Z',
    },
    stated: '2.05',
  },
];

/** Of 15 YES and 5 NO with the result YES, the source saw a revenue of 1000 cents: the pairs are not part of it. */
export const BOTH_SIDES = { source: 'observed', yes: 15, no: 5, result: 'yes', revenue: 1000 } as const;
