// Detecting what a DER structure is: a private key that can be used, or what else. By the object identifier and the
// structure, never by the label of the file.

import type { KeyFileError, KeyType } from '../domain/accounts/account.ts';
import { bitLength, type Element, oidText, readAll, readElement, TAG, writeElement } from './der.ts';

/** A private key in PKCS#8, the only form that WebCrypto imports. */
export interface Pkcs8 {
  keyType: KeyType;
  der: Uint8Array<ArrayBuffer>;
}

const RSA = '1.2.840.113549.1.1.1';
const ED25519 = '1.3.101.112';
const EC = '1.2.840.10045.2.1';

/** AlgorithmIdentifier of rsaEncryption with its NULL parameter (RFC 8017, appendix A.1). */
const RSA_ALGORITHM = Uint8Array.of(0x30, 13, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0);
/** AlgorithmIdentifier of Ed25519, without parameters (RFC 8410). */
const ED25519_ALGORITHM = Uint8Array.of(0x30, 5, 6, 3, 0x2b, 0x65, 0x70);
const SEED_BYTES = 32;
const VERSION_0 = Uint8Array.of(TAG.integer, 1, 0);
/** Kalshi issues 2048 bits. Shorter keys are insecure; WebCrypto in Chromium accepts up to 16 384. */
const RSA_BITS = { least: 2048, most: 8192 };

/**
 * Detects a key by its structure (RFC 5208 and 5958 for PKCS#8, RFC 8017 for PKCS#1, RFC 5915 for EC).
 * @returns the key as PKCS#8, or why it is not one
 */
export function detectKey(der: Uint8Array): Pkcs8 | KeyFileError {
  const outer = readElement(der);
  if (outer?.tag !== TAG.sequence || outer.end !== der.length) return 'damaged';
  const parts = readAll(outer.content);
  if (!parts) return 'damaged';
  const [first, second, third] = parts;
  if (first?.tag === TAG.integer && second?.tag === TAG.sequence) return fromPkcs8(second, third);
  if (first?.tag === TAG.integer && second?.tag === TAG.integer) return fromPkcs1(der, parts);
  if (first?.tag === TAG.integer && second?.tag === TAG.octetString) return 'ec-key';
  if (first?.tag === TAG.sequence && second?.tag === TAG.bitString) return 'public-key';
  if (first?.tag === TAG.sequence && second?.tag === TAG.octetString) return 'encrypted';
  if (first?.tag === TAG.sequence && third?.tag === TAG.bitString) return 'certificate';
  return 'not-a-key';
}

function fromPkcs8(algorithm: Element, privateKey: Element | undefined): Pkcs8 | KeyFileError {
  const id = readElement(algorithm.content);
  if (id?.tag !== TAG.oid || privateKey?.tag !== TAG.octetString) return 'damaged';
  switch (oidText(id.content)) {
    case RSA: {
      const inner = readElement(privateKey.content);
      const numbers = inner?.tag === TAG.sequence ? readAll(inner.content) : undefined;
      return rsaFault(numbers) ?? { keyType: 'RSA', der: wrapRsa(privateKey.content) };
    }
    case ED25519: {
      // RFC 8410: the octet string holds another octet string, of 32 bytes. Version 2 (RFC 5958) has the public key behind
      // it, which WebCrypto does not import.
      const seed = readElement(privateKey.content);
      const isSeed = seed?.tag === TAG.octetString && seed.end === privateKey.content.length;
      return isSeed && seed.content.length === SEED_BYTES ? fromSeed(seed.content) : 'damaged';
    }
    case EC:
      return 'ec-key';
    default:
      return 'other-algorithm';
  }
}

function fromPkcs1(der: Uint8Array, numbers: Element[]): Pkcs8 | KeyFileError {
  if (numbers.length === 2) return 'public-key'; // RSAPublicKey is modulus and exponent alone
  if (numbers.length === 6) return 'other-algorithm'; // the old DSA form
  const fault = rsaFault(numbers);
  if (fault) return fault;
  return { keyType: 'RSA', der: wrapRsa(der) };
}

function wrapRsa(pkcs1: Uint8Array): Uint8Array<ArrayBuffer> {
  return writeElement(TAG.sequence, VERSION_0, RSA_ALGORITHM, writeElement(TAG.octetString, pkcs1));
}

/** The private key of Ed25519 as PKCS#8. @param seed 32 bytes (RFC 8032) */
export function fromSeed(seed: Uint8Array): Pkcs8 | KeyFileError {
  if (seed.length !== SEED_BYTES) return 'damaged';
  const inner = writeElement(TAG.octetString, writeElement(TAG.octetString, seed));
  return { keyType: 'Ed25519', der: writeElement(TAG.sequence, VERSION_0, ED25519_ALGORITHM, inner) };
}

/** RSAPrivateKey is a version and eight numbers, the modulus first. */
function rsaFault(numbers: Element[] | undefined): KeyFileError | undefined {
  if (!numbers || numbers.length < 9 || numbers.some(({ tag }) => tag !== TAG.integer)) return 'damaged';
  const bits = bitLength(numbers[1]?.content ?? new Uint8Array());
  return bits < RSA_BITS.least || bits > RSA_BITS.most ? 'rsa-size' : undefined;
}
