// The results of an account in a backup: fills, settlements, and what follows from them.

import * as v from 'valibot';
import { resultsProgressSchema } from '../../domain/pnl/results-progress.ts';
import type { BackupResults } from '../backup/backup-schema.ts';
import {
  deleteKinds,
  RESULT_KINDS,
  type Records,
  readKind,
  type StoredRecord,
  writeRecords,
} from './database.ts';
import {
  blocksOf,
  readAllFills,
  readMarketResults,
  readResultsProgress,
  recordOf,
  sorted,
  storedFill,
  writeResultsProgress,
} from './results.ts';

/** Everything that was read of an account's results. @throws what IndexedDB throws */
export async function readResultsRecords(records: Records): Promise<BackupResults> {
  const progress = await readResultsProgress(records);
  const fills = await readAllFills(records);
  const rowsOf = async <Kind extends 'settlements' | 'books' | 'endings'>(kind: Kind) =>
    (await readKind<BackupResults[Kind][number]>(records, kind)).map(({ value }) => value);
  const changed = await readKind(records, 'changed');
  return {
    fills: fills.map(({ ticker, at, id, side, count, price, fee }) => [
      ticker,
      at,
      id,
      side === 'yes' ? 1 : 0,
      count,
      price,
      fee,
    ]),
    settlements: await rowsOf('settlements'),
    books: await rowsOf('books'),
    endings: await rowsOf('endings'),
    markets: await readMarketResults(records),
    changed: changed.map(({ name }) => name),
    progress,
  };
}

/**
 * Restores the results of an account that were not read from the exchange yet. Those that were are newer than a backup.
 * @returns whether they were restored
 * @throws what IndexedDB throws
 */
export async function restoreResultsRecords(
  records: Records,
  { fills, settlements, books, endings, markets, changed, progress }: BackupResults,
): Promise<boolean> {
  const parsed = v.safeParse(resultsProgressSchema, progress);
  if (!parsed.success || !parsed.output.complete) return false;
  if ((await readResultsProgress(records)).complete) return false;
  await deleteKinds(records, RESULT_KINDS);
  const blocks = blocksOf(
    fills.map(([ticker, at, id, isYes, count, price, fee]) => ({
      ticker,
      at,
      id,
      side: isYes === 1 ? 'yes' : 'no',
      count,
      price,
      fee,
    })),
  );
  const unnamed = markets.filter(({ names }) => !names);
  await writeInParts(records, [
    ...blocks.map((block) => ({ ...block, value: sorted(block.value.map(storedFill)) })),
    ...settlements.map((row) => recordOf('settlements', row.ticker, row)),
    ...books.map((row) => recordOf('books', row.ticker, row)),
    ...endings.map((row) => recordOf('endings', row.ticker, row)),
    ...markets.map((market) => recordOf('markets', market.ticker, market)),
    ...unnamed.map(({ ticker }) => recordOf('unnamed', ticker, 1)),
    ...changed.map((ticker) => recordOf('changed', ticker, 1)),
  ]);
  // Last: a restore that ends before has no effect on what is read from the exchange.
  await writeResultsProgress(records, parsed.output);
  return true;
}

/** Records of one transaction. */
const PART = 1_000;

async function writeInParts(records: Records, all: readonly StoredRecord<unknown>[]): Promise<void> {
  for (let at = 0; at < all.length; at += PART) {
    await writeRecords(records, { put: all.slice(at, at + PART) });
  }
}
