// Recorded transfers.
import type { Source } from './sources.ts';

/** A transfer between event contracts and perps, from Kalshi's documentation. */
export const PERPS_TRANSFERS: readonly { source: Source; row: object }[] = [
  {
    source: 'docs',
    row: {
      transfer_id: 't1',
      source: 'event_contract',
      destination: 'margined',
      amount: '10.0000',
      status: 'pending',
      created_ts: 1716300000,
    },
  },
];

/** An account with this many deposits and no withdrawal: the list of withdrawals answered this status. */
export const NEVER_WITHDREW = { source: 'observed', deposits: 13, dollars: 2600, withdrawals: 404 } as const;

/** A deposit by debit card (D01, production, 19 Sep 2026): the balance rose by this many dollars. */
export const DEBIT_DEPOSIT = {
  source: 'debit',
  row: {
    id: 'd1',
    amount_cents: 37_800,
    fee_cents: 756,
    status: 'applied',
    created_ts: 1_789_801_739,
    finalized_ts: 1_789_801_739,
    type: 'debit',
  },
  cashMoved: '370.44',
} as const;
