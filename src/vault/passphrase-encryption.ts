// Keys under a passphrase: stored as AES-GCM ciphertext, decrypted only into keys that cannot be exported.

import type { Environment, KeyType } from '../portfolio/account.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { importAlgorithm } from './import-key.ts';
import type { Pkcs8 } from './key-kind.ts';

/** OWASP's recommendation for PBKDF2 with HMAC-SHA-256 (cheatsheetseries.owasp.org, Password Storage, 2023). */
const ROUNDS = 600_000;
const VERSION = 1;

/** A private key as it is stored. Useless without the secret derived from the passphrase. */
export interface WrappedKey {
  version: typeof VERSION;
  keyType: KeyType;
  rounds: number;
  salt: Uint8Array<ArrayBuffer>;
  iv: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}

/** The owner of a key. Bound into the ciphertext: it decrypts for no other account and no other environment. */
export interface Owner {
  id: string;
  environment: Environment;
}

/** The secret that decrypts a wrapped key, as base64. Kept in memory only. */
export type Secret = string;

/** Encrypts a private key, with a new salt and a new IV. Returns the secret that decrypts it too. */
export function wrapKey(found: Pkcs8, passphrase: string, owner: Owner): Promise<Wrapping> {
  return wrapWith(found.keyType, passphrase, owner, 'encrypt', (key, algorithm) =>
    crypto.subtle.encrypt(algorithm, key, found.der),
  );
}

/** The same for a generated key: its bytes never pass through this code. */
export function wrapGenerated(
  made: CryptoKey,
  keyType: KeyType,
  passphrase: string,
  owner: Owner,
): Promise<Wrapping> {
  return wrapWith(keyType, passphrase, owner, 'wrapKey', (key, algorithm) =>
    crypto.subtle.wrapKey('pkcs8', made, key, algorithm),
  );
}

export interface Wrapping {
  wrapped: WrappedKey;
  secret: Secret;
}

async function wrapWith(
  keyType: KeyType,
  passphrase: string,
  owner: Owner,
  usage: 'encrypt' | 'wrapKey',
  work: (key: CryptoKey, algorithm: AesGcmParams) => Promise<ArrayBuffer>,
): Promise<Wrapping> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const secret = await derive(passphrase, salt, ROUNDS);
  const bytes = await work(await aesKey(secret, usage), cipher(iv, owner));
  return { wrapped: { version: VERSION, keyType, rounds: ROUNDS, salt, iv, bytes }, secret };
}

/** The secret for a wrapped key and a passphrase. Only decrypting shows whether it is the right one. */
export function secretFor(wrapped: WrappedKey, passphrase: string): Promise<Secret> {
  return derive(passphrase, wrapped.salt, wrapped.rounds);
}

/**
 * Decrypts a wrapped key, for signing only.
 * @returns undefined for a wrong secret, changed bytes, another account or another environment: the cipher does not
 * distinguish them
 */
export async function unwrapKey(
  wrapped: WrappedKey,
  secret: Secret,
  owner: Owner,
): Promise<CryptoKey | undefined> {
  try {
    const key = await aesKey(secret, 'unwrapKey');
    return await crypto.subtle.unwrapKey(
      'pkcs8',
      wrapped.bytes,
      key,
      cipher(wrapped.iv, owner),
      importAlgorithm(wrapped.keyType),
      false,
      ['sign'],
    );
  } catch {
    return undefined;
  }
}

/** Whether a key was encrypted with fewer rounds than the current number. */
export function isOutdated({ rounds }: WrappedKey): boolean {
  return rounds < ROUNDS;
}

/**
 * Encrypts a key under another passphrase, or with more rounds under the same one, with a new salt and a new IV.
 * @throws if the secret does not decrypt it
 */
export function rewrapKey(
  wrapped: WrappedKey,
  secret: Secret,
  passphrase: string,
  owner: Owner,
): Promise<Wrapping> {
  return withUnwrapped(wrapped, secret, owner, (der) =>
    wrapKey({ keyType: wrapped.keyType, der }, passphrase, owner),
  );
}

/** Decrypts a wrapped key to be stored unencrypted: for signing only, not extractable. @throws if the secret does not decrypt it */
export function importUnwrapped(wrapped: WrappedKey, secret: Secret, owner: Owner): Promise<CryptoKey> {
  return withUnwrapped(wrapped, secret, owner, (der) =>
    crypto.subtle.importKey('pkcs8', der, importAlgorithm(wrapped.keyType), false, ['sign']),
  );
}

/** Passes the bytes of a wrapped key to `use`, and overwrites them afterwards. */
async function withUnwrapped<T>(
  { bytes, iv }: WrappedKey,
  secret: Secret,
  owner: Owner,
  use: (der: Uint8Array<ArrayBuffer>) => Promise<T>,
): Promise<T> {
  const der = new Uint8Array(
    await crypto.subtle.decrypt(cipher(iv, owner), await aesKey(secret, 'decrypt'), bytes),
  );
  try {
    return await use(der);
  } finally {
    der.fill(0);
  }
}

async function derive(passphrase: string, salt: Uint8Array<ArrayBuffer>, rounds: number): Promise<Secret> {
  // Another keyboard may compose the same letters differently.
  const text = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const base = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveBits']);
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
  const bits = await crypto.subtle.deriveBits(algorithm, base, 256);
  return toBase64(bits);
}

function aesKey(secret: Secret, usage: 'encrypt' | 'decrypt' | 'wrapKey' | 'unwrapKey'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', fromBase64(secret), 'AES-GCM', false, [usage]);
}

function cipher(iv: Uint8Array<ArrayBuffer>, { id, environment }: Owner): AesGcmParams {
  const additionalData = new TextEncoder().encode(JSON.stringify([VERSION, environment, id]));
  return { name: 'AES-GCM', iv, additionalData };
}

/** A wrapped key as text, for storage that holds only JSON. */
export function toText({ salt, iv, bytes, ...rest }: WrappedKey): string {
  return JSON.stringify({ ...rest, salt: toBase64(salt), iv: toBase64(iv), bytes: toBase64(bytes) });
}

/** The wrapped key that `toText` wrote. */
export function fromText(text: string): WrappedKey {
  const { salt, iv, bytes, ...rest } = JSON.parse(text);
  return { ...rest, salt: fromBase64(salt), iv: fromBase64(iv), bytes: fromBase64(bytes).buffer };
}
