// Private keys in JSON: a JSON Web Key (RFC 7517, 7518 section 6.3, 8037), or the text of a key among other fields.

import type { KeyFileError } from '../domain/accounts/account.ts';
import { fromBase64 } from '../storage/base64.ts';
import { TAG, writeElement } from './der.ts';
import { detectKey, fromSeed, type Pkcs8 } from './key-kind.ts';

/** The numbers of RSAPrivateKey (RFC 8017, appendix A.1.2) behind its version, by their names in a JWK. */
const RSA_NUMBERS = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'];

/**
 * Finds the private key in a text of JSON.
 * @param parseText finds a key in the text of a field
 * @returns the key, or why there is none; undefined if the text is not a JSON object
 */
export function parseJsonKey(
  text: string,
  parseText: (text: string) => Pkcs8 | KeyFileError,
): Pkcs8 | KeyFileError | undefined {
  const object = text.startsWith('{') ? jsonObject(text) : undefined;
  if (!object) return undefined;
  const fields = Object.values(object);
  const inner = fields.find((value) => typeof value === 'object' && value !== null && 'kty' in value);
  const jwk = 'kty' in object ? object : (inner as Record<string, unknown> | undefined);
  if (jwk) return fromJwk(jwk);
  const found = fields.filter((value) => typeof value === 'string').map(parseText);
  return found.find((each) => typeof each !== 'string') ?? found.find(isKeyOfSomeKind) ?? 'not-a-key';
}

function isKeyOfSomeKind(fault: Pkcs8 | KeyFileError): boolean {
  return fault !== 'not-a-key' && fault !== 'empty' && fault !== 'key-id-only';
}

function fromJwk(jwk: Record<string, unknown>): Pkcs8 | KeyFileError {
  if (jwk.kty === 'EC') return 'ec-key';
  if (jwk.kty !== 'RSA' && !(jwk.kty === 'OKP' && jwk.crv === 'Ed25519')) return 'other-algorithm';
  if (jwk.d === undefined) return 'public-key';
  const bytes = (jwk.kty === 'OKP' ? ['d'] : RSA_NUMBERS).map((name) => decoded(jwk[name]));
  try {
    const [first, ...rest] = bytes;
    if (!first || rest.includes(undefined)) return 'damaged';
    if (jwk.kty === 'OKP') return fromSeed(first);
    return detectKey(rsaPrivateKey(bytes as Uint8Array[]));
  } finally {
    for (const each of bytes) each?.fill(0);
  }
}

function rsaPrivateKey(numbers: Uint8Array[]): Uint8Array {
  const positive = numbers.map((number) => {
    const bytes = number.subarray(
      Math.max(
        0,
        number.findIndex((byte) => byte !== 0),
      ),
    );
    // A leading zero byte keeps a number with its highest bit set positive.
    const sign = (bytes[0] ?? 0) & 0x80 ? Uint8Array.of(0) : new Uint8Array();
    return writeElement(TAG.integer, sign, bytes);
  });
  return writeElement(TAG.sequence, writeElement(TAG.integer, Uint8Array.of(0)), ...positive);
}

/** Base64url (RFC 7515, section 2). */
function decoded(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    return fromBase64(value.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return undefined;
  }
}

function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
