// Encrypting the records of one account: AES-GCM under a key derived from the account's secret, with the place of the record as
// additional data, so that a ciphertext decrypts in that place only. The records of an account without a passphrase are stored
// as they are.

import { fromBase64, toBase64 } from '../base64.ts';

const VERSION = 1;

/** The secret that an account's records are encrypted with, 32 bytes as base64. Kept in memory only. */
export type RecordsSecret = string;

/** A value as it is stored under a passphrase. */
export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}

/** Where a record is stored; bound into its ciphertext. */
export type Place = readonly (string | number)[];

/** How the records of one generation are stored. A change of the passphrase begins another generation. */
export interface RecordsCipher {
  generation: number;
  /** Null for an account without a passphrase. */
  keys: { encryption: CryptoKey; index: CryptoKey } | null;
}

/** @param secret null for an account without a passphrase */
export async function createCipher(generation: number, secret: RecordsSecret | null): Promise<RecordsCipher> {
  if (secret === null) return { generation, keys: null };
  const base = await crypto.subtle.importKey('raw', fromBase64(secret), 'HKDF', false, ['deriveKey']);
  const derive = (purpose: string, type: AesKeyGenParams | HmacKeyGenParams, usages: KeyUsage[]) =>
    crypto.subtle.deriveKey(hkdf(purpose), base, type, false, usages);
  const [encryption, index] = await Promise.all([
    derive('encryption', { name: 'AES-GCM', length: 256 }, ['encrypt', 'decrypt']),
    derive('index', { name: 'HMAC', hash: 'SHA-256', length: 256 }, ['sign']),
  ]);
  return { generation, keys: { encryption, index } };
}

/** The parameters of HKDF (RFC 5869) for one purpose. No salt: the secret is uniformly random already. */
export function hkdf(purpose: string): HkdfParams {
  return { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: new TextEncoder().encode(purpose) };
}

/** The name under which a record is stored: under a passphrase, a code that does not show the name. */
export async function storedName({ keys }: RecordsCipher, kind: string, name: string): Promise<string> {
  if (!keys || name === '') return name;
  const code = await crypto.subtle.sign('HMAC', keys.index, textBytes([kind, name]));
  return Array.from(new Uint8Array(code, 0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A value as it is stored. @param value anything that JSON can express */
export async function seal({ keys }: RecordsCipher, place: Place, value: unknown): Promise<unknown> {
  if (!keys) return value;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = await crypto.subtle.encrypt(
    algorithm(iv, place),
    keys.encryption,
    new TextEncoder().encode(JSON.stringify(value)),
  );
  return { iv, bytes } satisfies Sealed;
}

/** The value that was stored; undefined if it is damaged, or was stored in another place or with another secret. */
export async function unseal({ keys }: RecordsCipher, place: Place, stored: unknown): Promise<unknown> {
  if (!keys) return stored;
  try {
    const { iv, bytes } = stored as Sealed;
    const text = await crypto.subtle.decrypt(algorithm(iv, place), keys.encryption, bytes);
    return JSON.parse(new TextDecoder().decode(text));
  } catch {
    return undefined;
  }
}

/** The same as text, for `storage.local`. */
export async function sealText(cipher: RecordsCipher, place: Place, value: unknown): Promise<string> {
  const { iv, bytes } = (await seal(cipher, [...place, cipher.generation], value)) as Sealed;
  return JSON.stringify([toBase64(iv), toBase64(bytes)]);
}

export async function unsealText(cipher: RecordsCipher, place: Place, text: unknown): Promise<unknown> {
  try {
    const [iv, bytes] = (JSON.parse(text as string) as string[]).map(fromBase64);
    return await unseal(cipher, [...place, cipher.generation], { iv, bytes });
  } catch {
    return undefined;
  }
}

function algorithm(iv: Uint8Array<ArrayBuffer>, place: Place): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: textBytes([VERSION, ...place]) };
}

function textBytes(value: Place): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}
