// The names of the markets of the results. They are fetched after the results, a few at a time.

import type { MarketNames } from '../domain/pnl/market-result.ts';
import { under, withResults } from './results-store.ts';

/** Tickers of markets without names, at most `most`. */
export async function readUnnamedMarkets(accountId: string, most: number): Promise<string[]> {
  const keys = await withResults((db) => db.getAllKeys('unnamed', under(accountId), most));
  return keys.map(([, ticker]) => ticker);
}

/** @throws what IndexedDB throws */
export async function writeMarketNames(
  accountId: string,
  names: ReadonlyMap<string, MarketNames>,
): Promise<void> {
  await withResults(async (db) => {
    const transaction = db.transaction(['markets', 'unnamed'], 'readwrite');
    for (const [ticker, each] of names) {
      const market = await transaction.objectStore('markets').get([accountId, ticker]);
      if (market)
        void transaction.objectStore('markets').put({ ...market, names: each }, [accountId, ticker]);
      void transaction.objectStore('unnamed').delete([accountId, ticker]);
    }
    await transaction.done;
  });
}

/** The titles of some markets; the ticker where there is none. */
export async function readTitles(
  accountId: string,
  tickers: readonly string[],
): Promise<Map<string, string>> {
  return withResults(async (db) => {
    const { store } = db.transaction('markets', 'readonly');
    const titles = new Map<string, string>();
    for (const ticker of new Set(tickers)) {
      titles.set(ticker, (await store.get([accountId, ticker]))?.names?.title || ticker);
    }
    return titles;
  });
}
