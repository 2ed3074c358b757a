// The key store, by reference: unencrypted keys in IndexedDB, the only place for keys that cannot be exported; keys that are
// encrypted under a passphrase in `storage.local`.

import type { DBSchema, IDBPDatabase } from 'idb';
import { type Database, unlessUnavailable, withDatabase } from '../storage/indexed-db.ts';
import { deleteWrappedKeysExcept, readWrappedKey, writeWrappedKey } from '../storage/wrapped-keys.ts';
import {
  fromText,
  type Owner,
  type Secret,
  secretFor,
  toText,
  unwrapKey,
  type WrappedKey,
} from './passphrase-encryption.ts';

/** A key to store. `open`: not exportable, but unencrypted on disk · `wrapped`: ciphertext. */
export type StoredKey = { kind: 'open'; key: CryptoKey } | { kind: 'wrapped'; wrapped: WrappedKey };

interface VaultDb extends DBSchema {
  keys: { key: string; value: CryptoKey };
}

const VAULT: Database<VaultDb> = { name: 'vault', upgrades: [(db) => void db.createObjectStore('keys')] };

function withVault<T>(use: (db: IDBPDatabase<VaultDb>) => Promise<T>): Promise<T> {
  return withDatabase(VAULT, use);
}

/**
 * Writes a key under a new reference.
 * @throws what the storage throws: no space, or no IndexedDB in this kind of window
 */
export async function putKey(ref: string, stored: StoredKey): Promise<void> {
  if (stored.kind === 'wrapped') return writeWrappedKey(ref, toText(stored.wrapped));
  await withVault(async (db) => {
    // `strict`: the account is written next, and must not survive a power failure that its key does not.
    const transaction = db.transaction('keys', 'readwrite', { durability: 'strict' });
    await Promise.all([transaction.store.put(stored.key, ref), transaction.done]);
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
  if (secret === undefined) return withVault((db) => db.get('keys', ref));
  const [wrapped, opener] = await Promise.all([readWrapped(ref), secret]);
  return wrapped && opener ? unwrapKey(wrapped, opener, owner) : undefined;
}

/** Undefined if there is none, or what is stored is not one. */
async function readWrapped(ref: string): Promise<WrappedKey | undefined> {
  const text = await readWrappedKey(ref);
  try {
    return text === undefined ? undefined : fromText<WrappedKey>(text);
  } catch {
    return undefined;
  }
}

export interface OpenedKey {
  wrapped: WrappedKey;
  secret: Secret;
}

/**
 * Opens a wrapped key with its passphrase.
 * @returns undefined if the passphrase does not open it, whatever the reason
 * @throws what the storage throws
 */
export async function openWrapped(
  ref: string,
  owner: Owner,
  passphrase: string,
): Promise<OpenedKey | undefined> {
  const wrapped = await readWrapped(ref);
  if (!wrapped) return undefined;
  const secret = await secretFor(wrapped, passphrase);
  return (await unwrapKey(wrapped, secret, owner)) && { wrapped, secret };
}

/** Deletes all other keys: forgotten or replaced ones, and those that a killed browser left behind. */
export async function deleteKeysExcept(refs: readonly string[]): Promise<void> {
  await deleteWrappedKeysExcept(refs);
  const deletion = withVault(async (db) => {
    const all = await db.getAllKeys('keys');
    for (const ref of all.filter((ref) => !refs.includes(ref))) await db.delete('keys', ref);
  });
  await deletion.catch(unlessUnavailable);
}
