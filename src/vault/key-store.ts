// The key store in IndexedDB: keys by reference, unencrypted or encrypted under a passphrase.

import type { DBSchema, IDBPDatabase } from 'idb';
import { type Database, withDatabase } from '../storage/indexed-db.ts';
import { type Owner, type Secret, secretFor, unwrapKey, type WrappedKey } from './passphrase-encryption.ts';

/** A stored key. `open`: not exportable, but unencrypted on disk · `wrapped`: ciphertext. */
export type StoredKey = { kind: 'open'; key: CryptoKey } | { kind: 'wrapped'; wrapped: WrappedKey };

interface VaultDb extends DBSchema {
  keys: { key: string; value: StoredKey };
}

const VAULT: Database<VaultDb> = { name: 'vault', upgrades: [(db) => void db.createObjectStore('keys')] };

function withVault<T>(use: (db: IDBPDatabase<VaultDb>) => Promise<T>): Promise<T> {
  return withDatabase(VAULT, use);
}

/**
 * Writes a key under a new reference.
 * @throws what IndexedDB throws: no space, or no storage in this kind of window
 */
export async function putKey(ref: string, key: StoredKey): Promise<void> {
  await withVault(async (db) => {
    // `strict`: the account is written next, and must not survive a power failure that its key does not.
    const transaction = db.transaction('keys', 'readwrite', { durability: 'strict' });
    await Promise.all([transaction.store.put(key, ref), transaction.done]);
  });
}

/**
 * Opens the key under a reference, for signing.
 * @param secret for a wrapped key, the secret that decrypts it
 * @returns undefined if it does not exist, or the secret does not decrypt it
 */
export async function openKey(
  ref: string,
  owner: Owner,
  secret?: Secret | undefined | Promise<Secret | undefined>,
): Promise<CryptoKey | undefined> {
  const [stored, opener] = await Promise.all([withVault((db) => db.get('keys', ref)), secret]);
  if (stored?.kind !== 'wrapped') return stored?.key;
  return opener === undefined ? undefined : unwrapKey(stored.wrapped, opener, owner);
}

export interface OpenedKey {
  wrapped: WrappedKey;
  secret: Secret;
}

/**
 * Opens a wrapped key with its passphrase.
 * @returns undefined if the passphrase does not open it, whatever the reason
 * @throws what IndexedDB throws
 */
export async function openWrapped(
  ref: string,
  owner: Owner,
  passphrase: string,
): Promise<OpenedKey | undefined> {
  const stored = await withVault((db) => db.get('keys', ref));
  if (stored?.kind !== 'wrapped') return undefined;
  const { wrapped } = stored;
  const secret = await secretFor(wrapped, passphrase);
  return (await unwrapKey(wrapped, secret, owner)) && { wrapped, secret };
}

/** Deletes all other keys: forgotten or replaced ones, and those that a killed browser left behind. */
export async function deleteKeysExcept(refs: readonly string[]): Promise<void> {
  await withVault(async (db) => {
    const all = await db.getAllKeys('keys');
    for (const ref of all.filter((ref) => !refs.includes(ref))) await db.delete('keys', ref);
  });
}
