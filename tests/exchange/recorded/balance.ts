// Recorded balances.
import type { Source } from './sources.ts';

interface Recorded {
  source: Source;
  body: object;
  /** Where the source gives its trades: the deposit, and [contracts, price, fee] of each purchase; all in dollars. */
  trades?: { deposit: string; bought: [count: string, price: string, fee: string][]; lastPrice: string };
}

export const BALANCES: readonly Recorded[] = [
  {
    source: 'demo',
    body: {
      balance: 9801,
      balance_breakdown: [{ balance: '98.0186', exchange_index: 0 }],
      balance_dollars: '98.0186',
      portfolio_value: 198,
      updated_ts: 1781159348,
    },
    trades: {
      deposit: '100',
      bought: [
        ['1', '0.99', '0.0007'],
        ['1', '0.99', '0.0007'],
      ],
      lastPrice: '0.99',
    },
  },
  { source: 'fields', body: { balance: 4814, balance_dollars: '48.1475', portfolio_value: 17936 } },
  { source: 'wallet', body: { balance: 2065, balance_dollars: '20.6583', portfolio_value: 0 } },
];
