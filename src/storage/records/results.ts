// Fills, settlements and the results of markets. Fills are stored by market and day: there may be a million of them.

import * as v from 'valibot';
import { type Contracts, multiply } from '../../domain/contracts.ts';
import { DAY_MS } from '../../domain/durations.ts';
import type { SettledMarket } from '../../domain/holdings/settlement.ts';
import { type Micros, ZERO } from '../../domain/money.ts';
import type { Fill } from '../../domain/pnl/fill.ts';
import type { Books, Ending, MarketFacts } from '../../domain/pnl/market-facts.ts';
import type { MarketNames, MarketResult } from '../../domain/pnl/market-result.ts';
import {
  EMPTY_RESULTS,
  type NewTradeRow,
  type ResultsProgress,
  resultsProgressSchema,
} from '../../domain/pnl/results-progress.ts';
import {
  type Kind,
  type RecordId,
  type Records,
  readKind,
  readNamed,
  readRecord,
  readRecords,
  type StoredRecord,
  writeRecords,
} from './database.ts';
import { groupBy } from './group-by.ts';

/** Time, id, side (1 for YES), contracts in millionths, price and fee in micro-dollars. */
export type StoredFill = [at: number, id: string, side: 0 | 1, count: Contracts, price: Micros, fee: Micros];

/** The result of a market with its names; null until they were fetched. */
export interface StoredResult extends MarketResult {
  names: MarketNames | null;
}

const PROGRESS: RecordId = { kind: 'progress', name: '', block: 0 };

export function recordOf<T>(kind: Kind, name: string, value: T): StoredRecord<T> {
  return { kind, name, block: 0, value };
}

/** How far the results of an account were read. Empty if that cannot be read: it is read again then. */
export async function readResultsProgress(records: Records): Promise<ResultsProgress> {
  const parsed = v.safeParse(resultsProgressSchema, await readRecord(records, PROGRESS));
  return parsed.success ? parsed.output : EMPTY_RESULTS;
}

/** New rows that are kept for alerts: one alert names three of them. */
const MAX_NEW_TRADES = 100;

/** The rows of one response. */
export interface NewRows {
  fills?: readonly Fill[];
  settlements?: readonly SettledMarket[];
  books?: readonly Books[];
  endings?: readonly Ending[];
}

/**
 * Stores the rows of a response together with the progress after it, in one transaction: a background that is killed
 * repeats a page or does not, and neither loses nor doubles anything.
 * @returns the progress with what is new, once everything was read before
 * @throws what IndexedDB throws
 */
export async function writeResultRows(
  records: Records,
  rows: NewRows,
  progress: ResultsProgress,
): Promise<ResultsProgress> {
  const added = [
    await addFills(records, rows.fills ?? []),
    await addSettlements(records, rows.settlements ?? []),
    await addFacts(records, 'books', rows.books ?? []),
    await addFacts(records, 'endings', rows.endings ?? []),
  ];
  const newTrades = added.flatMap((each) => each.newTrades);
  const changed = new Set(added.flatMap(({ put }) => put.map(({ name }) => name)));
  const stored = progress.complete
    ? { ...progress, newTrades: [...progress.newTrades, ...newTrades].slice(-MAX_NEW_TRADES) }
    : progress;
  await writeRecords(records, {
    put: [
      ...added.flatMap(({ put }) => put),
      ...[...changed].map((ticker) => recordOf('changed', ticker, 1)),
      { ...PROGRESS, value: stored },
    ],
  });
  return stored;
}

interface Added {
  put: StoredRecord<unknown>[];
  newTrades: NewTradeRow[];
}

async function addFills(records: Records, fills: readonly Fill[]): Promise<Added> {
  const blocks = blocksOf(fills);
  const known = await readRecords<StoredFill[]>(records, blocks);
  const added: Added = { put: [], newTrades: [] };
  for (const [index, { value: fills, ...place }] of blocks.entries()) {
    const before = known[index] ?? [];
    const keys = new Set(before.map(([at, id]) => `${at} ${id}`));
    const fresh = fills.filter(({ at, id }) => !keys.has(`${at} ${id}`) && keys.add(`${at} ${id}`));
    if (fresh.length === 0) continue;
    added.put.push({ ...place, value: sorted([...before, ...fresh.map(storedFill)]) });
    for (const { id, ticker, price, count } of fresh) {
      added.newTrades.push({ id, kind: 'fill', ticker, amount: multiply(price, count) ?? ZERO });
    }
  }
  return added;
}

/** Fills in the records that they belong to. */
export function blocksOf(fills: readonly Fill[]): StoredRecord<Fill[]>[] {
  const byMarket = groupBy(fills, ({ ticker }) => ticker);
  return [...byMarket].flatMap(([name, all]) => {
    const byDay = groupBy(all, ({ at }) => Math.floor(at / DAY_MS) * DAY_MS);
    return [...byDay].map(([block, value]) => ({ kind: 'fills' as const, name, block, value }));
  });
}

export function storedFill({ at, id, side, count, price, fee }: Fill): StoredFill {
  return [at, id, side === 'yes' ? 1 : 0, count, price, fee];
}

/** By time and id. */
export function sorted(fills: StoredFill[]): StoredFill[] {
  return fills.sort(([a, idA], [b, idB]) => a - b || (idA < idB ? -1 : idA > idB ? 1 : 0));
}

async function addSettlements(records: Records, settlements: readonly SettledMarket[]): Promise<Added> {
  const added = await addFacts(records, 'settlements', settlements);
  for (const { value, isNew } of added.put) {
    const { ticker, revenue: amount } = value;
    if (isNew && amount > 0) added.newTrades.push({ id: `paid ${ticker}`, kind: 'payout', ticker, amount });
  }
  return added;
}

/** Rows of which there is one for each market. Those that are known already are left out. */
async function addFacts<Row extends { ticker: string }>(
  records: Records,
  kind: 'settlements' | 'books' | 'endings',
  rows: readonly Row[],
): Promise<Added & { put: (StoredRecord<Row> & { isNew: boolean })[] }> {
  const latest = new Map(rows.map((row) => [row.ticker, row]));
  const known = await readNamed<Row>(records, kind, [...latest.keys()]);
  const put = [...latest].flatMap(([ticker, row]) => {
    const before = known.get(ticker)?.[0]?.value;
    if (before && JSON.stringify(before) === JSON.stringify(row)) return [];
    return [{ ...recordOf(kind, ticker, row), isNew: before === undefined }];
  });
  return { put, newTrades: [] };
}

/** Stores the progress alone. @throws what IndexedDB throws */
export async function writeResultsProgress(records: Records, progress: ResultsProgress): Promise<void> {
  await writeRecords(records, { put: [{ ...PROGRESS, value: progress }] });
}

/**
 * Marks every market of an account to be computed again, and stores the progress after that, in one transaction.
 * @returns the progress
 * @throws what IndexedDB throws
 */
export async function markMarketsChanged(
  records: Records,
  progress: ResultsProgress,
): Promise<ResultsProgress> {
  // A market with fills has a result, unless its amounts are too large; one without fills has a settlement, or books.
  const kinds = ['markets', 'settlements', 'books'] as const;
  const all = (await Promise.all(kinds.map((kind) => readKind(records, kind)))).flat();
  const tickers = new Set(all.map(({ name }) => name));
  await writeRecords(records, {
    put: [...[...tickers].map((ticker) => recordOf('changed', ticker, 1)), { ...PROGRESS, value: progress }],
  });
  return progress;
}

/**
 * Computes the results of markets with new rows, in one transaction.
 * @param compute gives the result of a market from its fills, oldest first, and what else is known of it
 * @param most the number of markets in one transaction
 * @returns how many there were; fewer than `most` if none is left
 */
export async function computeChangedMarkets(
  records: Records,
  compute: (ticker: string, fills: readonly Fill[], facts: MarketFacts) => MarketResult | undefined,
  most: number,
): Promise<number> {
  const tickers = (await readKind(records, 'changed', { most })).map(({ name }) => name);
  const fills = await readNamed<StoredFill[]>(records, 'fills', tickers);
  const settlements = await readNamed<SettledMarket>(records, 'settlements', tickers);
  const books = await readNamed<Books>(records, 'books', tickers);
  const endings = await readNamed<Ending>(records, 'endings', tickers);
  const markets = await readNamed<StoredResult>(records, 'markets', tickers);
  const put = tickers.flatMap((ticker): StoredRecord<unknown>[] => {
    const result = compute(ticker, fillsOf(fills.get(ticker)), {
      settled: settlements.get(ticker)?.[0]?.value ?? null,
      books: books.get(ticker)?.[0]?.value ?? null,
      ending: endings.get(ticker)?.[0]?.value ?? null,
    });
    if (!result) return [];
    const names = markets.get(ticker)?.[0]?.value.names ?? null;
    const market = recordOf('markets', ticker, { ...result, names });
    return names ? [market] : [market, recordOf('unnamed', ticker, 1)];
  });
  const remove = tickers.map((name) => ({ kind: 'changed' as const, name, block: 0 }));
  await writeRecords(records, { put, remove });
  return tickers.length;
}

function fillsOf(blocks: readonly StoredRecord<StoredFill[]>[] = []): Fill[] {
  return blocks.flatMap(({ name: ticker, value }) =>
    value.map(
      ([at, id, isYes, count, price, fee]): Fill => ({
        id,
        ticker,
        side: isYes === 1 ? 'yes' : 'no',
        count,
        price,
        fee,
        at,
      }),
    ),
  );
}

/** The results of all markets of an account, by ticker. */
export async function readMarketResults(records: Records): Promise<StoredResult[]> {
  const markets = await readKind<StoredResult>(records, 'markets');
  return markets.map(({ value }) => value).sort((a, b) => (a.ticker < b.ticker ? -1 : 1));
}

/**
 * Every fill of some markets of an account, market by market.
 * @param tickers in any order
 */
export async function readFills(records: Records, tickers: readonly string[]): Promise<Fill[]> {
  const fills = await readNamed<StoredFill[]>(records, 'fills', tickers);
  return tickers.flatMap((ticker) => fillsOf(fills.get(ticker)));
}

/** Every fill of an account. */
export async function readAllFills(records: Records): Promise<Fill[]> {
  const blocks = await readKind<StoredFill[]>(records, 'fills');
  return fillsOf(blocks.sort((a, b) => (a.name === b.name ? a.block - b.block : a.name < b.name ? -1 : 1)));
}
