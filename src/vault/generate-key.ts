// Generating key pairs: the private key is never text, never a file, and never stored unencrypted under a passphrase.

import type { KeyType } from '../domain/accounts/account.ts';
import { toBase64 } from '../storage/base64.ts';
import type { StoredKey } from './key-store.ts';
import { type Owner, type Secret, wrapGenerated } from './passphrase-encryption.ts';

export interface GeneratedKey {
  /** To be written to the key store. */
  stored: StoredKey;
  /** The secret that decrypts it, if a passphrase protects it. */
  secret?: Secret;
  /** The public key as PEM, for Kalshi. */
  publicPem: string;
}

const ALGORITHMS: Record<KeyType, RsaHashedKeyGenParams | Algorithm> = {
  RSA: {
    name: 'RSA-PSS',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
  },
  Ed25519: { name: 'Ed25519' },
};

/**
 * Generates a key pair. Without a passphrase the private key is never extractable; with one it is, until the browser has
 * encrypted it.
 */
export async function generateKey(
  keyType: KeyType,
  passphrase: string | undefined,
  owner: Owner,
): Promise<GeneratedKey> {
  const guarded = passphrase !== undefined;
  const pair = (await crypto.subtle.generateKey(ALGORITHMS[keyType], guarded, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const publicPem = pem(await crypto.subtle.exportKey('spki', pair.publicKey));
  if (!guarded) return { stored: { kind: 'open', key: pair.privateKey }, publicPem };
  const { wrapped, secret } = await wrapGenerated(pair.privateKey, keyType, passphrase, owner);
  return { stored: { kind: 'wrapped', wrapped }, secret, publicPem };
}

function pem(spki: ArrayBuffer): string {
  const lines = toBase64(spki).match(/.{1,64}/g) ?? [];
  return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n');
}
