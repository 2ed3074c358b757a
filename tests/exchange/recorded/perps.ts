// Recorded answers about perpetual futures. The official SDK has no model for them.
import type { Source } from './sources.ts';

export const MARGIN: readonly { source: Source; status: number; body: object; equity: string | null }[] = [
  {
    source: 'demo',
    status: 200,
    body: {
      settled_funds: '50.0100',
      subaccount_balances: [
        { subaccount: 1, account_equity: '0.0000' },
        { subaccount: 2, account_equity: '0.0000' },
        { subaccount: 0, account_equity: '50.0100' },
      ],
    },
    equity: '50.01',
  },
  {
    source: 'demo',
    status: 200,
    body: { subaccount_balances: [{ subaccount: 0, account_equity: '49.9842', position_value: '6.3329' }] },
    equity: '49.9842',
  },
  {
    source: 'demo',
    status: 403,
    body: { error: { code: 'forbidden', message: 'user is not enabled for margin trading' } },
    equity: null,
  },
];
