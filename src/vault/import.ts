// From text to a key that can sign and can never be read again.

import type { KeyFault, KeyType } from '../portfolio/account.ts';
import { readPrivateKey } from './pem.ts';

/** A key in memory: `extractable: false`, usage `sign` and nothing else. */
export interface ImportedKey {
  keyType: KeyType;
  key: CryptoKey;
}

/**
 * Imports the private key in a text.
 * @returns the key, or why the text holds none; the bytes it passed through are wiped either way
 */
export async function importPrivateKey(text: string): Promise<ImportedKey | KeyFault> {
  const found = readPrivateKey(text);
  if (typeof found === 'string') return found;
  const algorithm = found.keyType === 'RSA' ? { name: 'RSA-PSS', hash: 'SHA-256' } : { name: 'Ed25519' };
  try {
    const key = await crypto.subtle.importKey('pkcs8', found.der, algorithm, false, ['sign']);
    return { keyType: found.keyType, key };
  } catch {
    // The shape was right and the numbers are not: a character was lost or changed on the way.
    return 'damaged';
  } finally {
    found.der.fill(0);
  }
}
