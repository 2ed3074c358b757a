// The key store: non-extractable keys in IndexedDB, under references of their own.

import { type DBSchema, openDB } from 'idb';

interface VaultSchema extends DBSchema {
  keys: { key: string; value: CryptoKey };
}

/** Opened for each use and closed again: a background that may die at any line leaves no connection behind. */
async function withVault<T>(use: (db: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> {
  const db = await open();
  try {
    return await use(db);
  } finally {
    db.close();
  }
}

function open() {
  return openDB<VaultSchema>('vault', 1, {
    upgrade: (db) => {
      db.createObjectStore('keys');
    },
  });
}

/**
 * Writes a key under a new reference.
 * @throws what IndexedDB throws: no room, or no storage in this kind of window
 */
export async function putKey(ref: string, key: CryptoKey): Promise<void> {
  await withVault(async (db) => {
    // `strict`: the account is written next and must not outlive its key in a power cut.
    const transaction = db.transaction('keys', 'readwrite', { durability: 'strict' });
    await Promise.all([transaction.store.put(key, ref), transaction.done]);
  });
}

/** The key under a reference; undefined if it is not there. */
export async function getKey(ref: string): Promise<CryptoKey | undefined> {
  return withVault((db) => db.get('keys', ref));
}

/** Removes every key but those named: a forgotten or replaced one, and what a killed browser left half done. */
export async function keepOnly(refs: readonly string[]): Promise<void> {
  await withVault(async (db) => {
    const all = await db.getAllKeys('keys');
    for (const ref of all.filter((ref) => !refs.includes(ref))) await db.delete('keys', ref);
  });
}
