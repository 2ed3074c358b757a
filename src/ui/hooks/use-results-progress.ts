// A hook: how far the results of the displayed accounts were read, and their sums by day.

import { useEffect, useState } from 'preact/hooks';
import type { ResultsProgress } from '../../portfolio/results/results-progress.ts';
import { readWhileUnlocked } from '../../storage/read-unlocked.ts';
import { readResultsProgress } from '../../storage/results-store.ts';
import type { DisplayedAccount } from '../../view/displayed-account.ts';

/** One for each member, read again after each change; undefined before the first read, or if one cannot be read. */
export function useResultsProgress({ members, resultsAt }: DisplayedAccount): ResultsProgress[] | undefined {
  const [progress, setProgress] = useState<ResultsProgress[]>();
  const ids = members.map(({ id }) => id).join();
  const times = resultsAt.join();
  useEffect(() => {
    let current = true;
    const reads = ids.split(',').map((id) => readWhileUnlocked(id, readResultsProgress));
    void Promise.all(reads)
      .catch(() => undefined)
      .then((all) => {
        if (current) setProgress(all);
      });
    return () => {
      current = false;
    };
    // Read again whenever something was read.
  }, [ids, times]);
  return progress;
}
