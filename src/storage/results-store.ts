// Fills, settlements and the results of markets in IndexedDB. Written by the background, read by the pages.
//
// A fill has a short key and a short value: there may be a million of them.

import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb';
import * as v from 'valibot';
import { type Contracts, multiply } from '../domain/contracts.ts';
import type { SettledMarket } from '../domain/holdings/settlement.ts';
import { type Micros, ZERO } from '../domain/money.ts';
import type { Fill } from '../domain/pnl/fill.ts';
import type { MarketNames, MarketResult } from '../domain/pnl/market-result.ts';
import {
  EMPTY_RESULTS,
  type News,
  type ResultsProgress,
  resultsProgressSchema,
} from '../domain/pnl/results-progress.ts';
import { type Database, withDatabase } from './indexed-db.ts';

/** Side (1 for YES), contracts in millionths, price and fee in micro-dollars. */
export type StoredFill = [side: 0 | 1, count: Contracts, price: Micros, fee: Micros];

/** The result of a market with its names; null until they were fetched. */
export interface StoredResult extends MarketResult {
  names: MarketNames | null;
}

export interface ResultsDb extends DBSchema {
  /** Account, ticker, time, id. */
  fills: { key: [string, string, number, string]; value: StoredFill };
  settlements: { key: [string, string]; value: SettledMarket };
  markets: { key: [string, string]; value: StoredResult };
  /** Markets with new rows: their result is computed next. */
  changed: { key: [string, string]; value: 1 };
  /** Markets whose names are not known yet. */
  unnamed: { key: [string, string]; value: 1 };
  accounts: { key: string; value: unknown };
}

const STORES = ['fills', 'settlements', 'markets', 'changed', 'unnamed', 'accounts'] as const;
type Stores = (typeof STORES)[number][];

const RESULTS: Database<ResultsDb> = {
  name: 'results',
  upgrades: [
    (db) => {
      for (const store of STORES) db.createObjectStore(store);
    },
  ],
};

/** Opens the database for one use. For the stores of results alone. */
export function withResults<T>(use: (db: IDBPDatabase<ResultsDb>) => Promise<T>): Promise<T> {
  return withDatabase(RESULTS, use);
}

/** All that begins with an account, or an account and a ticker: an array sorts after every text and number. */
export function under(...start: string[]): IDBKeyRange {
  return IDBKeyRange.bound(start, [...start, []]);
}

/** How far the results of an account were read. Empty if that cannot be read: it is read again then. */
export async function readResultsProgress(accountId: string): Promise<ResultsProgress> {
  const stored = await withResults((db) => db.get('accounts', accountId));
  const parsed = v.safeParse(resultsProgressSchema, stored);
  return parsed.success ? parsed.output : EMPTY_RESULTS;
}

/** New rows that are kept for alerts: one alert names three of them. */
const MAX_NEWS = 100;

/** The rows of one response. */
export interface NewRows {
  fills?: readonly Fill[];
  settlements?: readonly SettledMarket[];
}

/**
 * Stores the rows of a response together with the progress after it, in one transaction: a background that is killed
 * repeats a page or does not, and neither loses nor doubles anything.
 * @returns the progress with what is new, once everything was read before
 * @throws what IndexedDB throws
 */
export async function writeResultRows(
  accountId: string,
  { fills = [], settlements = [] }: NewRows,
  progress: ResultsProgress,
): Promise<ResultsProgress> {
  return withResults(async (db) => {
    const news: News[] = [];
    const transaction = db.transaction(['fills', 'settlements', 'changed', 'accounts'], 'readwrite');
    const changed = new Set<string>();
    const fillStore = transaction.objectStore('fills');
    for (const { id, ticker, side, count, price, fee, at } of fills) {
      const key: ResultsDb['fills']['key'] = [accountId, ticker, at, id];
      if ((await fillStore.getKey(key)) !== undefined) continue;
      void fillStore.put([side === 'yes' ? 1 : 0, count, price, fee], key);
      changed.add(ticker);
      const amount = multiply(price, count) ?? ZERO;
      news.push({ id, kind: 'fill', ticker, amount });
    }
    const settlementStore = transaction.objectStore('settlements');
    for (const row of settlements) {
      const known = await settlementStore.get([accountId, row.ticker]);
      if (known && JSON.stringify(known) === JSON.stringify(row)) continue;
      void settlementStore.put(row, [accountId, row.ticker]);
      changed.add(row.ticker);
      const { ticker, revenue: amount } = row;
      if (!known && amount > 0) news.push({ id: `paid ${ticker}`, kind: 'payout', ticker, amount });
    }
    for (const ticker of changed) void transaction.objectStore('changed').put(1, [accountId, ticker]);
    const stored = progress.complete
      ? { ...progress, news: [...progress.news, ...news].slice(-MAX_NEWS) }
      : progress;
    void transaction.objectStore('accounts').put(stored, accountId);
    await transaction.done;
    return stored;
  });
}

/** Stores the progress alone. @throws what IndexedDB throws */
export async function writeResultsProgress(accountId: string, progress: ResultsProgress): Promise<void> {
  await withResults((db) => db.put('accounts', progress, accountId));
}

/**
 * Marks every market of an account to be computed again, and stores the progress after that, in one transaction.
 * @returns the progress
 * @throws what IndexedDB throws
 */
export async function markMarketsChanged(
  accountId: string,
  progress: ResultsProgress,
): Promise<ResultsProgress> {
  return withResults(async (db) => {
    const transaction = db.transaction(['settlements', 'markets', 'changed', 'accounts'], 'readwrite');
    // A market with fills has a result, unless its amounts are too large; one without fills has a settlement.
    for (const name of ['markets', 'settlements'] as const) {
      for (const key of await transaction.objectStore(name).getAllKeys(under(accountId))) {
        void transaction.objectStore('changed').put(1, key);
      }
    }
    void transaction.objectStore('accounts').put(progress, accountId);
    await transaction.done;
    return progress;
  });
}

/**
 * Computes the results of markets with new rows, in one transaction.
 * @param compute gives the result of a market from its fills, oldest first, and its settlement
 * @param most the number of markets in one transaction
 * @returns how many there were; fewer than `most` if none is left
 */
export async function computeChangedMarkets(
  accountId: string,
  compute: (
    ticker: string,
    fills: readonly Fill[],
    settled: SettledMarket | null,
  ) => MarketResult | undefined,
  most: number,
): Promise<number> {
  return withResults(async (db) => {
    const transaction = db.transaction(
      ['fills', 'settlements', 'markets', 'changed', 'unnamed'],
      'readwrite',
    );
    const keys = await transaction.objectStore('changed').getAllKeys(under(accountId), most);
    for (const key of keys) {
      const [, ticker] = key;
      const fills = await fillsOf(transaction, accountId, ticker);
      const settled = (await transaction.objectStore('settlements').get(key)) ?? null;
      const result = compute(ticker, fills, settled);
      const before = await transaction.objectStore('markets').get(key);
      if (result) {
        void transaction.objectStore('markets').put({ ...result, names: before?.names ?? null }, key);
        if (!before?.names) void transaction.objectStore('unnamed').put(1, key);
      }
      void transaction.objectStore('changed').delete(key);
    }
    await transaction.done;
    return keys.length;
  });
}

async function fillsOf(
  transaction: IDBPTransaction<ResultsDb, Stores, 'readonly' | 'readwrite'>,
  accountId: string,
  ticker: string,
): Promise<Fill[]> {
  const store = transaction.objectStore('fills');
  const range = under(accountId, ticker);
  const [keys, values] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
  return keys.map((key, index) => fillOf(key, values[index] as StoredFill));
}

function fillOf([, ticker, at, id]: ResultsDb['fills']['key'], value: StoredFill): Fill {
  const [isYes, count, price, fee] = value;
  const side = isYes === 1 ? 'yes' : 'no';
  return { id, ticker, side, count, price, fee, at };
}

/** The results of all markets of an account, by ticker. */
export async function readMarketResults(accountId: string): Promise<StoredResult[]> {
  return withResults((db) => db.getAll('markets', under(accountId)));
}

/**
 * Every fill of some markets of an account, market by market.
 * @param tickers in any order
 */
export async function readFills(accountId: string, tickers: readonly string[]): Promise<Fill[]> {
  return withResults(async (db) => {
    const transaction = db.transaction([...STORES], 'readonly');
    const fills: Fill[][] = [];
    for (const ticker of tickers) fills.push(await fillsOf(transaction, accountId, ticker));
    return fills.flat();
  });
}

export async function deleteResultsOf(accountId: string): Promise<void> {
  await withResults(async (db) => {
    const transaction = db.transaction([...STORES], 'readwrite');
    for (const store of STORES) {
      void transaction.objectStore(store).delete(store === 'accounts' ? accountId : under(accountId));
    }
    await transaction.done;
  });
}

export async function deleteResultsExcept(accountIds: readonly string[]): Promise<void> {
  const known = await withResults(async (db) => {
    const rows = db.transaction([...STORES], 'readonly');
    const ids = new Set<string>(await rows.objectStore('accounts').getAllKeys());
    for (const store of ['fills', 'settlements', 'markets'] as const) {
      let cursor = await rows.objectStore(store).openKeyCursor();
      while (cursor) {
        const [id] = cursor.key;
        ids.add(id);
        cursor = await cursor.continue([id, [], 0, ''] as never);
      }
    }
    return [...ids];
  });
  for (const id of known) if (!accountIds.includes(id)) await deleteResultsOf(id);
}
