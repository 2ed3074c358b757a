// Importing a private key from text, as a key that can sign and not be exported.

import type { KeyFileError, KeyType } from '../domain/accounts/account.ts';
import type { Pkcs8 } from './key-kind.ts';
import { parsePrivateKey } from './pem.ts';

/** A key in memory: `extractable: false`, usage `sign` and nothing else. */
export interface ImportedKey {
  keyType: KeyType;
  key: CryptoKey;
}

/** The name under which WebCrypto imports a type of key. */
export function importAlgorithm(keyType: KeyType): RsaHashedImportParams | Algorithm {
  return keyType === 'RSA' ? { name: 'RSA-PSS', hash: 'SHA-256' } : { name: 'Ed25519' };
}

/**
 * Imports the private key in a text.
 * @returns the key, or why the text contains none
 */
export function importPrivateKey(text: string): Promise<ImportedKey | KeyFileError> {
  return withPrivateKey(text, async ({ keyType, der }): Promise<ImportedKey | KeyFileError> => {
    try {
      const key = await crypto.subtle.importKey('pkcs8', der, importAlgorithm(keyType), false, ['sign']);
      return { keyType, key };
    } catch {
      // The structure is right and the numbers are not: a character was lost or changed.
      return 'damaged';
    }
  });
}

/**
 * Passes the private key in a text, as PKCS#8, to `use`, and overwrites the bytes afterwards.
 * @returns the result of `use`, or why the text contains no key
 */
export async function withPrivateKey<T>(
  text: string,
  use: (found: Pkcs8) => Promise<T>,
): Promise<T | KeyFileError> {
  const found = parsePrivateKey(text);
  if (typeof found === 'string') return found;
  try {
    return await use(found);
  } finally {
    found.der.fill(0);
  }
}
