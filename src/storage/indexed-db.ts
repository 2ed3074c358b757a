// Opening a database for one use, with the upgrades and the time limit that all stores share.

import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb';
import { withTimeout } from './timeout.ts';

/** How long a store may take to respond; normally a few milliseconds. */
const STORE_LIMIT_MS = 5_000;

/**
 * Upgrades a database by one version. It may await requests of the transaction only: after any other promise, the
 * transaction has ended (https://github.com/jakearchibald/idb#transaction-lifetime).
 */
type Upgrade<Schema extends DBSchema> = (
  db: IDBPDatabase<Schema>,
  transaction: IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>,
) => void | Promise<void>;

export interface Database<Schema extends DBSchema> {
  name: string;
  /**
   * From no database to version 1, from 1 to 2, … The current version is their number. A released upgrade is never changed;
   * a change of the stores, or of the shape of their values, appends one.
   */
  upgrades: readonly Upgrade<Schema>[];
}

/**
 * Opens a database, uses it and closes it again: the background may be killed at any line, so no connection is kept. An
 * older database is upgraded in the same transaction; if that fails, it stays as it was.
 * @throws what IndexedDB throws (no space, a database of a newer version, or an `InvalidStateError` in a Firefox that never
 * remembers history, where `storage.local` works: measured in ESR 153), and a timeout error if the store does not respond
 * within the limit: a blocked store neither responds nor fails
 */
export async function withDatabase<Schema extends DBSchema, T>(
  database: Database<Schema>,
  use: (db: IDBPDatabase<Schema>) => Promise<T>,
): Promise<T> {
  let late = false;
  const work = openAndUse(database, use, () => late);
  try {
    return await withTimeout(STORE_LIMIT_MS, work);
  } finally {
    late = true; // a store that opens too late is not used: what was to be written may have been deleted since
  }
}

async function openAndUse<Schema extends DBSchema, T>(
  { name, upgrades }: Database<Schema>,
  use: (db: IDBPDatabase<Schema>) => Promise<T>,
  isLate: () => boolean,
): Promise<T> {
  const db = await openDB<Schema>(name, upgrades.length, {
    upgrade: async (db, oldVersion, _newVersion, transaction) => {
      transaction.done.catch(() => undefined); // `openDB` fails then too
      try {
        for (const upgrade of upgrades.slice(oldVersion)) await upgrade(db, transaction);
      } catch {
        transaction.abort(); // otherwise, what was done so far would be written
      }
    },
  });
  try {
    if (isLate()) throw new Error('opened too late');
    return await use(db);
  } finally {
    db.close();
  }
}

/** For deletions: where IndexedDB cannot be opened at all, nothing is stored. @throws every other error */
export function unlessUnavailable(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
}
