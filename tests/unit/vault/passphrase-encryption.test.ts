// Passphrase encryption: ciphertext bound to its account, decrypted only to a non-extractable key.
import { beforeAll, describe, expect, test } from 'vitest';
import { importPrivateKey, withPrivateKey } from '../../../src/vault/import-key.ts';
import {
  type Owner,
  secretFor,
  unwrapKey,
  type WrappedKey,
  wrapKey,
} from '../../../src/vault/passphrase-encryption.ts';
import { KEY_FORMS, makeKey } from '../../exchange/keys.ts';

const OWNER: Owner = { id: 'one', environment: 'production' };
const PASSPHRASE = 'correct horse battery staple é';

describe.each(KEY_FORMS)('%s', (form) => {
  const { pem } = makeKey(form);
  let wrapped: WrappedKey;
  let secret: string;
  beforeAll(async () => {
    const made = await withPrivateKey(pem, (found) => wrapKey(found, PASSPHRASE, OWNER));
    if (typeof made === 'string') throw new Error(made);
    ({ wrapped, secret } = made);
  });

  test('the passphrase decrypts it to a key that signs and cannot be exported', async () => {
    const key = await unwrapKey(wrapped, await secretFor(wrapped, PASSPHRASE), OWNER);
    if (!key) throw new Error('did not open');
    expect(key.extractable).toBe(false);
    expect(key.usages).toEqual(['sign']);
    await expect(crypto.subtle.exportKey('pkcs8', key)).rejects.toThrow();
    const imported = await importPrivateKey(pem);
    if (typeof imported === 'string') throw new Error(imported);
    if (form === 'Ed25519') {
      // Deterministic: the same key gives the same signature.
      const sign = (key: CryptoKey) => crypto.subtle.sign('Ed25519', key, new Uint8Array(8));
      expect(await sign(key)).toEqual(await sign(imported.key));
    }
  });

  test('the same passphrase in another Unicode composition decrypts it too', async () => {
    const secret = await secretFor(wrapped, PASSPHRASE.normalize('NFD'));
    expect(await unwrapKey(wrapped, secret, OWNER)).toBeDefined();
  });

  test.each<[string, (key: WrappedKey) => WrappedKey, Owner?, string?]>([
    ['changing the passphrase', (key) => key, OWNER, 'another one'],
    ['another account', (key) => key, { ...OWNER, id: 'two' }],
    ['another environment', (key) => key, { ...OWNER, environment: 'demo' }],
    ['a changed byte', (key) => ({ ...key, bytes: flipped(key.bytes) })],
    ['bytes cut off', (key) => ({ ...key, bytes: key.bytes.slice(1) })],
    ['a changed IV', (key) => ({ ...key, iv: new Uint8Array(flipped(key.iv.buffer)) })],
    ['a changed salt', (key) => ({ ...key, salt: new Uint8Array(flipped(key.salt.buffer)) })],
    ['fewer rounds', (key) => ({ ...key, rounds: 1 })],
  ])(
    '%s does not decrypt it, and the error gives no reason',
    async (_, change, owner = OWNER, passphrase = PASSPHRASE) => {
      const changed = change(wrapped);
      expect(await unwrapKey(changed, await secretFor(changed, passphrase), owner)).toBeUndefined();
    },
  );

  test('the stored bytes contain no part of the key, passphrase or secret', () => {
    const bytes = Buffer.from(pem.replaceAll(/-----.*-----|\s/g, ''), 'base64');
    const stored = Buffer.concat([
      Buffer.from(wrapped.bytes),
      wrapped.salt,
      wrapped.iv,
      Buffer.from(JSON.stringify(wrapped)),
    ]);
    expect(stored.includes(bytes.subarray(-24))).toBe(false);
    expect(stored.includes(PASSPHRASE)).toBe(false);
    expect(stored.includes(Buffer.from(secret, 'base64'))).toBe(false);
  });

  test('every wrapping differs, and each uses the full number of rounds', async () => {
    const again = await withPrivateKey(pem, (found) => wrapKey(found, PASSPHRASE, OWNER));
    if (typeof again === 'string') throw new Error(again);
    expect(again.wrapped.salt).not.toEqual(wrapped.salt);
    expect(again.wrapped.iv).not.toEqual(wrapped.iv);
    expect(again.secret).not.toBe(secret);
    expect(wrapped.rounds).toBeGreaterThanOrEqual(600_000);
    expect(wrapped.salt.length).toBeGreaterThanOrEqual(16);
  });
});

function flipped(buffer: ArrayBufferLike): ArrayBuffer {
  const bytes = new Uint8Array(buffer.slice(0)) as Uint8Array<ArrayBuffer>;
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.buffer;
}
