// A row of the results table.

import type { ResultRow } from '../../src/view/results-rows.ts';
import type { Plain } from './plain.ts';

/** Unix milliseconds. */
export const AT = Date.UTC(2026, 8, 10, 12);

export const resultRow = (ticker: string, of: Partial<Plain<ResultRow>> = {}): ResultRow =>
  ({
    accountId: 'a',
    ticker,
    event: ticker.replace(/-.*/, ''),
    name: `Market ${ticker}`,
    side: 'yes',
    sold: 1_000_000,
    settled: 0,
    cost: 400_000,
    proceeds: 500_000,
    fees: 10_000,
    result: 90_000,
    at: AT,
    partial: false,
    differs: null,
    ...of,
  }) as ResultRow;
