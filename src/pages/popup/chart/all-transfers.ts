// The deposits and withdrawals of a range: those that polls read, and for longer ranges those that were read with the results.

import { RECENT_MS } from '../../../domain/balance/transfer-list.ts';
import type { Transfer } from '../../../domain/balance/transfers.ts';
import type { ResultsProgress } from '../../../domain/pnl/results-progress.ts';
import type { DisplayedAccount } from '../../../view/displayed-account.ts';

/**
 * @param index of the account
 * @param from when the range begins, unix milliseconds
 * @returns null if they cannot be read; undefined if they were not read yet
 */
export function allTransfers(
  { recentTransfers, resultsReadable, snapshot }: DisplayedAccount,
  index: number,
  progress: Pick<ResultsProgress, 'complete' | 'transfers'>,
  from: number,
): readonly Transfer[] | null | undefined {
  const recent = recentTransfers[index] ?? null;
  if (!recent || from > (snapshot.figures?.at ?? 0) - RECENT_MS) return recent;
  if (!resultsReadable) return null;
  if (!progress.complete) return undefined;
  const ids = new Set(recent.map(({ id }) => id));
  return progress.transfers && [...recent, ...progress.transfers.filter(({ id }) => !ids.has(id))];
}
