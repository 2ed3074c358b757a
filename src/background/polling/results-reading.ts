// What the steps of reading results share: storing rows with the progress after them, and what a refused page means.

import type { Account } from '../../domain/accounts/account.ts';
import type { ResultsProgress } from '../../domain/pnl/results-progress.ts';
import type { RequestContext } from '../../kalshi/client.ts';
import type { ListFailure } from '../../kalshi/holdings/pagination.ts';
import type { ResultsPage } from '../../kalshi/trades/fetch-fills.ts';
import type { Records } from '../../storage/records/database.ts';
import { type NewRows, writeResultRows, writeResultsProgress } from '../../storage/records/results.ts';
import type { WorkerMemory } from '../worker-memory.ts';

/** What the steps share. `write` stores something unless the account was locked, forgotten or given another key. */
export interface Reading {
  memory: WorkerMemory;
  account: Account;
  records: Records;
  requests: RequestContext;
  write<T>(store: () => Promise<T>): Promise<T | undefined>;
}

/** The progress after a step; `denied` if the key may not read the list; undefined if there is no usable response. */
export type Advanced = ResultsProgress | 'denied' | undefined;

/** A cursor that is no longer accepted: the list is read from its first page again, which doubles nothing. */
export function refused(progress: ResultsProgress, { reason }: ListFailure): Advanced {
  if (reason === 'denied') return 'denied';
  return reason !== 'failed' && progress.cursor ? { ...progress, cursor: '' } : undefined;
}

export async function store(reading: Reading, progress: ResultsProgress): Promise<Advanced> {
  return reading.write(async () => {
    await writeResultsProgress(reading.records, progress);
    return progress;
  });
}

export async function storePage(
  reading: Reading,
  before: ResultsProgress,
  { rows, unreadable, cursor }: Omit<ResultsPage<{ at: number }>, 'ok'>,
  added: NewRows,
  after: ResultsProgress['step'],
): Promise<Advanced> {
  const times = rows.map(({ at }) => at);
  const progress: ResultsProgress = {
    ...before,
    cursor,
    step: cursor ? before.step : after,
    latest: times.reduce((latest, at) => Math.max(latest, at), before.latest),
    oldest: times.reduce((oldest, at) => (oldest === 0 ? at : Math.min(oldest, at)), before.oldest),
    read: before.complete ? before.read : before.read + rows.length,
    unreadable: before.unreadable + unreadable,
  };
  return reading.write(() => writeResultRows(reading.records, added, progress));
}
