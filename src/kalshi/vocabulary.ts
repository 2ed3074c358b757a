// Words of Kalshi's that may become more: which ones are known, and how an unknown one is read. None of them may stop a list
// or make a figure wrong; tests/unit/kalshi/vocabulary.test.ts puts unknown words in each place.

import { TRANSFER_STATES } from '../domain/balance/transfers.ts';
import { SIDES } from '../domain/holdings/market.ts';

/**
 * How an unknown word is read. `unreadable`: the row is counted as one that cannot be read · `left out`: the row does not
 * belong to what is shown · `no payout`: the market is not pending · `no side`: the row is shown without saying which side won ·
 * `pending`: the transfer may still move the cash.
 */
type Reading = 'unreadable' | 'left out' | 'no payout' | 'no side' | 'pending';

interface Words {
  /** The field of the answer that contains the rows, and the field of a row. */
  list: string;
  field: string;
  known: readonly string[];
  unknown: Reading;
}

/** https://docs.kalshi.com, the schemas of the endpoints; the SDK kalshi-typescript 3.30.0 has the same words. */
export const VOCABULARY: readonly Words[] = [
  { list: 'orders', field: 'status', known: ['resting', 'canceled', 'executed'], unknown: 'left out' },
  { list: 'orders', field: 'outcome_side', known: SIDES, unknown: 'unreadable' },
  { list: 'fills', field: 'outcome_side', known: SIDES, unknown: 'unreadable' },
  {
    list: 'markets',
    field: 'status',
    known: [
      'initialized',
      'inactive',
      'active',
      'closed',
      'determined',
      'disputed',
      'amended',
      'settled',
      'finalized',
    ],
    unknown: 'no payout',
  },
  { list: 'markets', field: 'result', known: ['', ...SIDES, 'scalar'], unknown: 'no payout' },
  {
    list: 'settlements',
    field: 'market_result',
    known: [...SIDES, 'scalar', 'void'],
    unknown: 'no side',
  },
  { list: 'deposits', field: 'status', known: TRANSFER_STATES, unknown: 'pending' },
  { list: 'withdrawals', field: 'status', known: TRANSFER_STATES, unknown: 'pending' },
];

/** The words in rows of a list that the table does not have. */
export function unknownWords(list: string, rows: readonly Record<string, unknown>[]): string[] {
  const found = VOCABULARY.filter((words) => words.list === list).flatMap(({ field, known }) =>
    rows.map((row) => row[field]).filter((word) => typeof word === 'string' && !known.includes(word)),
  );
  return [...new Set(found as string[])];
}
