// The names of the markets of the results. They are fetched after the results, a few at a time.

import type { MarketNames } from '../../domain/pnl/market-result.ts';
import { type Records, readKind, readNamed, writeRecords } from './database.ts';
import { recordOf, type StoredResult } from './results.ts';

/** Tickers of markets without names, at most `most`. */
export async function readUnnamedMarkets(records: Records, most: number): Promise<string[]> {
  return (await readKind(records, 'unnamed', { most })).map(({ name }) => name);
}

/** @throws what IndexedDB throws */
export async function writeMarketNames(
  records: Records,
  names: ReadonlyMap<string, MarketNames>,
): Promise<void> {
  const tickers = [...names.keys()];
  const markets = [...(await readNamed<StoredResult>(records, 'markets', tickers)).values()].flat();
  await writeRecords(records, {
    put: markets.map(({ name, value }) =>
      recordOf('markets', name, { ...value, names: names.get(name) ?? null }),
    ),
    remove: tickers.map((name) => ({ kind: 'unnamed', name, block: 0 })),
  });
}

/** The titles of some markets; the ticker where there is none. */
export async function readTitles(records: Records, tickers: readonly string[]): Promise<Map<string, string>> {
  const markets = await readNamed<StoredResult>(records, 'markets', [...new Set(tickers)]);
  return new Map(tickers.map((ticker) => [ticker, markets.get(ticker)?.[0]?.value.names?.title || ticker]));
}
