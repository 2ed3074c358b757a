// What new fills and payouts mean for the alerts of an account.

import type { NewTrade } from '../../domain/alerts/observed.ts';
import type { ResultsProgress } from '../../domain/pnl/results-progress.ts';
import type { Records } from '../../storage/records/database.ts';
import { readHoldings } from '../../storage/records/holdings.ts';
import { readTitles } from '../../storage/records/result-names.ts';

/** What is new since the last time, as alerts look at it. */
export async function observeNewTrades(
  records: Records,
  { newTrades }: ResultsProgress,
): Promise<NewTrade[]> {
  if (newTrades.length === 0) return [];
  const titles = await readTitles(
    records,
    newTrades.map(({ ticker }) => ticker),
  );
  const resting = new Set((await readHoldings(records))?.orders.map(({ ticker }) => ticker));
  return newTrades.map(({ id, kind, ticker, amount }) => ({
    id,
    kind,
    amount,
    title: titles.get(ticker) ?? ticker,
    partly: resting.has(ticker),
  }));
}
