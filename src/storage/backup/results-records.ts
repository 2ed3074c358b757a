// The results of an account in a backup: fills, settlements, and what follows from them.

import type { StoreNames } from 'idb';
import * as v from 'valibot';
import { resultsProgressSchema } from '../../domain/pnl/results-progress.ts';
import {
  deleteResultsOf,
  type ResultsDb,
  readMarketResults,
  readResultsProgress,
  type StoredFill,
  under,
  withResults,
  writeResultsProgress,
} from '../results-store.ts';
import type { BackupResults } from './backup-schema.ts';
import { pagesOf, readPages } from './read-pages.ts';

/** Everything that was read of an account's results. @throws what IndexedDB throws */
export async function readResultsRecords(accountId: string): Promise<BackupResults> {
  const progress = await readResultsProgress(accountId);
  const fills = await readPages<ResultsDb['fills']['key'], StoredFill>(under(accountId), (read) =>
    withResults((db) => read(db.transaction('fills', 'readonly').store)),
  );
  const settlements = await withResults((db) => db.getAll('settlements', under(accountId)));
  const markets = await readMarketResults(accountId);
  const changed = await withResults((db) => db.getAllKeys('changed', under(accountId)));
  return {
    fills: fills.map(([[, ticker, at, id], fill]) => [ticker, at, id, ...fill]),
    settlements,
    markets,
    changed: changed.map(([, ticker]) => ticker),
    progress,
  };
}

/**
 * Restores the results of an account that were not read from the exchange yet. Those that were are newer than a backup.
 * @returns whether they were restored
 * @throws what IndexedDB throws
 */
export async function restoreResultsRecords(
  accountId: string,
  { fills, settlements, markets, changed, progress }: BackupResults,
): Promise<boolean> {
  const parsed = v.safeParse(resultsProgressSchema, progress);
  if (!parsed.success || !parsed.output.complete) return false;
  if ((await readResultsProgress(accountId)).complete) return false;
  await deleteResultsOf(accountId);
  await writePages(
    'fills',
    fills.map(([ticker, at, id, ...fill]) => [[accountId, ticker, at, id], fill]),
  );
  await writePages(
    'settlements',
    settlements.map((row) => [[accountId, row.ticker], row]),
  );
  await writePages(
    'markets',
    markets.map((market) => [[accountId, market.ticker], market]),
  );
  const unnamed = markets.filter(({ names }) => !names);
  await writePages(
    'unnamed',
    unnamed.map(({ ticker }) => [[accountId, ticker], 1]),
  );
  await writePages(
    'changed',
    changed.map((ticker) => [[accountId, ticker], 1]),
  );
  // Last: a restore that ends before has no effect on what is read from the exchange.
  await writeResultsProgress(accountId, parsed.output);
  return true;
}

async function writePages<Name extends StoreNames<ResultsDb>>(
  store: Name,
  records: [ResultsDb[Name]['key'], ResultsDb[Name]['value']][],
): Promise<void> {
  for (const page of pagesOf(records)) {
    await withResults(async (db) => {
      const transaction = db.transaction(store, 'readwrite');
      for (const [key, value] of page) void transaction.store.put(value, key);
      await transaction.done;
    });
  }
}
