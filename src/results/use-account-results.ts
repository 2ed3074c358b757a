// A hook: everything that the results page shows of the displayed accounts.

import { useEffect, useState } from 'preact/hooks';
import type { Sample } from '../portfolio/history.ts';
import { TIERS } from '../portfolio/history.ts';
import { readSamples } from '../storage/history-store.ts';
import { readWhileUnlocked } from '../storage/read-unlocked.ts';
import { readMarketResults, type StoredResult } from '../storage/results-store.ts';

/** Of one account. */
export interface AccountRecords {
  accountId: string;
  markets: StoredResult[];
  /** One balance for each day, oldest first. */
  samples: Sample[];
}

/**
 * Read again whenever `version` changes.
 * @returns undefined before the first read; `unreadable` if the account is locked, or its store cannot be read
 */
export function useAccountResults(
  accountIds: readonly string[],
  version: string,
): AccountRecords[] | 'unreadable' | undefined {
  const [records, setRecords] = useState<AccountRecords[] | 'unreadable'>();
  const ids = accountIds.join();
  useEffect(() => {
    let current = true;
    const reads = ids.split(',').map((accountId) =>
      readWhileUnlocked(accountId, async () => ({
        accountId,
        markets: await readMarketResults(accountId),
        samples: await readSamples(accountId, TIERS.length - 1),
      })),
    );
    void Promise.all(reads)
      .catch(() => 'unreadable' as const)
      .then((read) => {
        if (current) setRecords(read);
      });
    return () => {
      current = false;
    };
    // Read again whenever something was read.
  }, [ids, version]);
  return records;
}
