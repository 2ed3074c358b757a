// Opening a database for one use.

import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/**
 * Opens a database of one store, uses it and closes it again: a background that may die at any line leaves no
 * connection behind.
 * @throws what IndexedDB throws: no room, no storage in this kind of window, or a database of a newer version
 */
export async function withStore<Schema extends DBSchema, T>(
  name: string,
  store: Parameters<IDBPDatabase<Schema>['createObjectStore']>[0],
  use: (db: IDBPDatabase<Schema>) => Promise<T>,
): Promise<T> {
  const db = await openDB<Schema>(name, 1, {
    upgrade: (db) => {
      db.createObjectStore(store);
    },
  });
  try {
    return await use(db);
  } finally {
    db.close();
  }
}
