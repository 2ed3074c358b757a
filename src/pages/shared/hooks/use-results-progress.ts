// A hook: how far the results of the displayed accounts were read, and their sums by day.

import type { ResultsProgress } from '../../../domain/pnl/results-progress.ts';
import { openRecordsOf } from '../../../storage/records/open-records.ts';
import { readResultsProgress } from '../../../storage/records/results.ts';
import type { DisplayedAccount } from '../../../view/displayed-account.ts';
import { useUnlockedRecords } from './use-unlocked-records.ts';

const readProgress = (accountId: string) => openRecordsOf(accountId).then(readResultsProgress);

/** One for each member, read again after each change; undefined before the first read, or if one cannot be read. */
export function useResultsProgress({ members, resultsAt }: DisplayedAccount): ResultsProgress[] | undefined {
  const ids = members.map(({ id }) => id);
  const progress = useUnlockedRecords(ids, resultsAt.join(), readProgress);
  return progress === 'unreadable' ? undefined : progress;
}
