// Opening a database for one use, with the time limit that all stores share.

import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { withTimeout } from './timeout.ts';

/** How long a store may take to respond; normally a few milliseconds. */
const STORE_LIMIT_MS = 5_000;

/**
 * Opens a database, uses it and closes it again: the background may be killed at any line, so no connection is kept.
 * @param stores the object stores, each with keys of its own
 * @throws what IndexedDB throws (no space, no storage in this kind of window, a database of a newer version), and a
 * timeout error if the store does not respond within the limit: a blocked store neither responds nor fails
 */
export async function withDatabase<Schema extends DBSchema, T>(
  name: string,
  stores: readonly Parameters<IDBPDatabase<Schema>['createObjectStore']>[0][],
  use: (db: IDBPDatabase<Schema>) => Promise<T>,
): Promise<T> {
  let late = false;
  const work = openAndUse(name, stores, use, () => late);
  try {
    return await withTimeout(STORE_LIMIT_MS, work);
  } finally {
    late = true; // a store that opens too late is not used: what was to be written may have been deleted since
  }
}

async function openAndUse<Schema extends DBSchema, T>(
  name: string,
  stores: readonly Parameters<IDBPDatabase<Schema>['createObjectStore']>[0][],
  use: (db: IDBPDatabase<Schema>) => Promise<T>,
  isLate: () => boolean,
): Promise<T> {
  const db = await openDB<Schema>(name, 1, {
    upgrade: (db) => {
      for (const store of stores) db.createObjectStore(store);
    },
  });
  try {
    if (isLate()) throw new Error('opened too late');
    return await use(db);
  } finally {
    db.close();
  }
}
