// A hook: records of the displayed accounts, read while the accounts are unlocked.

import { useEffect, useState } from 'preact/hooks';
import type { Records } from '../../../storage/records/database.ts';

/**
 * Reads a record of each account, and reads them again whenever `version` or `read` changes.
 * @param read a function that is the same in every render, or one from `useCallback`
 * @returns one record per account; undefined before the first read; `unreadable` if an account is locked or its store cannot
 * be read
 */
export function useUnlockedRecords<T>(
  accountIds: readonly string[],
  version: string,
  read: (records: Records) => Promise<T>,
): T[] | 'unreadable' | undefined {
  const [records, setRecords] = useState<T[] | 'unreadable'>();
  const ids = accountIds.join();
  useEffect(() => {
    let current = true;
    // The code of the database is loaded on demand: the first frame does not wait for it.
    void import('../../../storage/records/open-records.ts')
      .then(({ openRecordsOf }) => Promise.all(ids.split(',').map((id) => openRecordsOf(id).then(read))))
      .catch(() => 'unreadable' as const)
      .then((all) => {
        if (current) setRecords(all);
      });
    return () => {
      current = false;
    };
  }, [ids, version, read]);
  return records;
}
