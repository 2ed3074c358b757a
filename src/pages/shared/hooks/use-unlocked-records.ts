// A hook: records of the displayed accounts, read while the accounts are unlocked. The caller opens them, so that the popup's
// first frame does not wait for the code of the database.

import { useEffect, useState } from 'preact/hooks';

/**
 * Reads a record of each account, and reads them again whenever `version` or `read` changes.
 * @param read opens and reads the records of an account (`openRecordsOf`); the same in every render, or from `useCallback`
 * @returns one record per account; undefined before the first read; `unreadable` if an account is locked or its store cannot
 * be read
 */
export function useUnlockedRecords<T>(
  accountIds: readonly string[],
  version: string,
  read: (accountId: string) => Promise<T>,
): T[] | 'unreadable' | undefined {
  const [records, setRecords] = useState<T[] | 'unreadable'>();
  const ids = accountIds.join();
  useEffect(() => {
    let current = true;
    void Promise.all(ids.split(',').map(read))
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
