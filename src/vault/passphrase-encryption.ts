// Keys, and backups, under a passphrase: AES-GCM ciphertext. Keys are decrypted only into keys that cannot be exported.

import type { Environment, KeyType } from '../domain/accounts/account.ts';
import { fromBase64, toBase64 } from '../storage/base64.ts';
import { hkdf } from '../storage/records/cipher.ts';
import { importAlgorithm } from './import-key.ts';
import type { Pkcs8 } from './key-kind.ts';

/** OWASP's recommendation for PBKDF2 with HMAC-SHA-256 (cheatsheetseries.owasp.org, Password Storage, 2023). */
const ROUNDS = 600_000;
const VERSION = 1;

/** Bytes under a passphrase. Useless without the secret derived from it. */
export interface EncryptedBytes {
  version: typeof VERSION;
  rounds: number;
  salt: Uint8Array<ArrayBuffer>;
  iv: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}

export interface WrappedKey extends EncryptedBytes {
  keyType: KeyType;
}

/** The owner of a key. Bound into the ciphertext: it decrypts for no other account and no other environment. */
export interface Owner {
  id: string;
  environment: Environment;
}

/** Authenticated with the ciphertext: the bytes decrypt only with the same texts. */
type Binding = readonly string[];

function bindingOf({ environment, id }: Owner): Binding {
  return [environment, id];
}

/** What is derived from a passphrase: one secret for each purpose, 32 bytes as base64. Kept in memory only. */
export interface Secret {
  /** Decrypts what is wrapped: the private key, or a backup. */
  key: string;
  /** Decrypts the records of the account (storage/records/cipher.ts). */
  records: string;
}

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
  const { encrypted, secret } = await encryptWith(passphrase, bindingOf(owner), usage, work);
  return { wrapped: { ...encrypted, keyType }, secret };
}

async function encryptWith(
  passphrase: string,
  binding: Binding,
  usage: 'encrypt' | 'wrapKey',
  work: (key: CryptoKey, algorithm: AesGcmParams) => Promise<ArrayBuffer>,
): Promise<{ encrypted: EncryptedBytes; secret: Secret }> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const secret = await derive(passphrase, salt, ROUNDS);
  const bytes = await work(await aesKey(secret.key, usage), cipher(iv, binding));
  return { encrypted: { version: VERSION, rounds: ROUNDS, salt, iv, bytes }, secret };
}

/** Encrypts bytes of any kind, with a new salt and a new IV. @param binding has to be the same to decrypt them */
export async function encryptBytes(
  bytes: Uint8Array<ArrayBuffer>,
  passphrase: string,
  binding: Binding,
): Promise<EncryptedBytes> {
  const work = (key: CryptoKey, algorithm: AesGcmParams) => crypto.subtle.encrypt(algorithm, key, bytes);
  return (await encryptWith(passphrase, binding, 'encrypt', work)).encrypted;
}

/** A file from outside must not keep the browser busy for minutes. */
const MAX_ROUNDS = 10_000_000;

/** Decrypts bytes. @returns undefined for a wrong passphrase or changed bytes, which the cipher does not distinguish */
export async function decryptBytes(
  { salt, rounds, iv, bytes }: EncryptedBytes,
  passphrase: string,
  binding: Binding,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!(rounds >= 1 && rounds <= MAX_ROUNDS)) return undefined;
  try {
    const key = await aesKey((await derive(passphrase, salt, rounds)).key, 'decrypt');
    return new Uint8Array(await crypto.subtle.decrypt(cipher(iv, binding), key, bytes));
  } catch {
    return undefined;
  }
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
    const key = await aesKey(secret.key, 'unwrapKey');
    return await crypto.subtle.unwrapKey(
      'pkcs8',
      wrapped.bytes,
      key,
      cipher(wrapped.iv, bindingOf(owner)),
      importAlgorithm(wrapped.keyType),
      false,
      ['sign'],
    );
  } catch {
    return undefined;
  }
}

/**
 * Encrypts a key under another passphrase, with a new salt and a new IV.
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
    await crypto.subtle.decrypt(cipher(iv, bindingOf(owner)), await aesKey(secret.key, 'decrypt'), bytes),
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
  const main = await crypto.subtle.importKey('raw', bits, 'HKDF', false, ['deriveBits']);
  const part = async (purpose: string) => toBase64(await crypto.subtle.deriveBits(hkdf(purpose), main, 256));
  const [key, records] = await Promise.all([part('wrapping'), part('records')]);
  return { key, records };
}

function aesKey(secret: string, usage: 'encrypt' | 'decrypt' | 'wrapKey' | 'unwrapKey'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', fromBase64(secret), 'AES-GCM', false, [usage]);
}

function cipher(iv: Uint8Array<ArrayBuffer>, binding: Binding): AesGcmParams {
  const additionalData = new TextEncoder().encode(JSON.stringify([VERSION, ...binding]));
  return { name: 'AES-GCM', iv, additionalData };
}

/** Encrypted bytes, a wrapped key for example, as text for what holds only JSON. */
export function toText({ salt, iv, bytes, ...rest }: EncryptedBytes): string {
  return JSON.stringify({ ...rest, salt: toBase64(salt), iv: toBase64(iv), bytes: toBase64(bytes) });
}

/** The encrypted bytes that `toText` wrote. @throws if it did not write them */
export function fromText<Encrypted extends EncryptedBytes = WrappedKey>(text: string): Encrypted {
  const { salt, iv, bytes, ...rest } = JSON.parse(text);
  return { ...rest, salt: fromBase64(salt), iv: fromBase64(iv), bytes: fromBase64(bytes).buffer };
}
