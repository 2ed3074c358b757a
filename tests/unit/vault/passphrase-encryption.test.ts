// Passphrase encryption: ciphertext bound to its account, decrypted only to a non-extractable key.
import { verify } from 'node:crypto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { importPrivateKey, withPrivateKey } from '../../../src/vault/import-key.ts';
import {
  decryptBytes,
  encryptBytes,
  fromText,
  importUnwrapped,
  type Owner,
  rewrapKey,
  type Secret,
  secretFor,
  toText,
  unwrapKey,
  type WrappedKey,
  type Wrapping,
  wrapKey,
} from '../../../src/vault/passphrase-encryption.ts';
import { KEY_FORMS, makeKey } from '../../exchange/keys.ts';

const OWNER: Owner = { id: 'one', environment: 'production' };
const PASSPHRASE = 'correct horse battery staple é';

async function wrappingOf(pem: string): Promise<Wrapping> {
  const made = await withPrivateKey(pem, (found) => wrapKey(found, PASSPHRASE, OWNER));
  if (typeof made === 'string') throw new Error(made);
  return made;
}

test.each(KEY_FORMS)(
  '%s: the passphrase decrypts it to a key that signs and cannot be exported',
  async (form) => {
    const { pem } = makeKey(form);
    const { wrapped } = await wrappingOf(pem);
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
  },
);

describe('a wrapped key', () => {
  const { pem, publicKey } = makeKey('Ed25519');
  let wrapped: WrappedKey;
  let secret: Secret;
  beforeAll(async () => {
    ({ wrapped, secret } = await wrappingOf(pem));
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
    for (const each of Object.values(secret)) {
      expect(stored.includes(Buffer.from(each, 'base64'))).toBe(false);
    }
    expect(secret.key).not.toBe(secret.records);
  });

  test('every wrapping differs, and each uses the full number of rounds', async () => {
    const again = await wrappingOf(pem);
    expect(again.wrapped.salt).not.toEqual(wrapped.salt);
    expect(again.wrapped.iv).not.toEqual(wrapped.iv);
    expect(again.secret).not.toEqual(secret);
    expect(wrapped.rounds).toBeGreaterThanOrEqual(600_000);
    expect(wrapped.salt.length).toBeGreaterThanOrEqual(16);
  });

  const signs = async (key: CryptoKey | undefined) => {
    if (!key) throw new Error('did not open');
    const signature = Buffer.from(await crypto.subtle.sign('Ed25519', key, new Uint8Array(8)));
    return verify(null, new Uint8Array(8), publicKey, signature);
  };

  test('is wrapped again under the new passphrase only', async () => {
    const again = await rewrapKey(wrapped, secret, 'another one', OWNER);
    expect(again.wrapped).toMatchObject({ keyType: 'Ed25519', rounds: wrapped.rounds });
    expect(again.wrapped.salt).not.toEqual(wrapped.salt);
    expect(await signs(await unwrapKey(again.wrapped, again.secret, OWNER))).toBe(true);
    expect(await unwrapKey(again.wrapped, secret, OWNER)).toBeUndefined();
    expect(again.secret).toEqual(await secretFor(again.wrapped, 'another one'));
  });

  test('stored unencrypted, it signs and cannot be exported', async () => {
    const key = await importUnwrapped(wrapped, secret, OWNER);
    expect(key).toMatchObject({ extractable: false, usages: ['sign'] });
    expect(await signs(key)).toBe(true);
  });

  test('is neither with another secret nor for another account', async () => {
    const wrong = await secretFor(wrapped, 'another one');
    await expect(rewrapKey(wrapped, wrong, PASSPHRASE, OWNER)).rejects.toThrow();
    await expect(importUnwrapped(wrapped, secret, { ...OWNER, id: 'two' })).rejects.toThrow();
  });

  test('the decrypted bytes are overwritten, whatever happens', async () => {
    let bytes: Uint8Array | undefined;
    const importKey = crypto.subtle.importKey.bind(crypto.subtle);
    const spy = vi.spyOn(crypto.subtle, 'importKey').mockImplementation((async (...args: never[]) => {
      if (args[0] !== 'pkcs8') return (importKey as (...args: never[]) => Promise<CryptoKey>)(...args);
      bytes = args[1];
      throw new Error('the browser refuses');
    }) as never);
    await expect(importUnwrapped(wrapped, secret, OWNER)).rejects.toThrow('the browser refuses');
    spy.mockRestore();
    expect(bytes?.length).toBe(48);
    expect(bytes?.every((byte) => byte === 0)).toBe(true);
  });

  test('no key on the way, of the passphrase or of the encryption, can be exported', async () => {
    const spy = vi.spyOn(crypto.subtle, 'importKey');
    await unwrapKey(wrapped, await secretFor(wrapped, PASSPHRASE), OWNER);
    await rewrapKey(wrapped, secret, PASSPHRASE, OWNER);
    await importUnwrapped(wrapped, secret, OWNER);
    const imported = (await Promise.all(spy.mock.results.map(({ value }) => value))) as CryptoKey[];
    spy.mockRestore();
    const kinds = new Set(imported.map(({ algorithm }) => algorithm.name));
    expect(kinds).toEqual(new Set(['PBKDF2', 'HKDF', 'AES-GCM', 'Ed25519']));
    expect(imported.filter(({ extractable }) => extractable)).toEqual([]);
  });

  test('as text and back', async () => {
    expect(fromText(toText(wrapped))).toEqual(wrapped);
    expect(await signs(await unwrapKey(fromText(toText(wrapped)), secret, OWNER))).toBe(true);
    expect(() => fromText('{}')).toThrow();
  });
});

describe('bytes', () => {
  const bytes = new TextEncoder().encode('a backup');

  test('decrypt with the passphrase and what they are bound to', async () => {
    const encrypted = await encryptBytes(bytes, PASSPHRASE, ['backup']);
    expect(encrypted.rounds).toBe(600_000);
    expect(Buffer.from(encrypted.bytes).includes('backup')).toBe(false);
    expect(await decryptBytes(encrypted, PASSPHRASE, ['backup'])).toEqual(bytes);
    expect(await decryptBytes(encrypted, 'another one', ['backup'])).toBeUndefined();
    expect(await decryptBytes(encrypted, PASSPHRASE, ['another'])).toBeUndefined();
    const changed = { ...encrypted, bytes: flipped(encrypted.bytes) };
    expect(await decryptBytes(changed, PASSPHRASE, ['backup'])).toBeUndefined();
  });

  test('a file from outside cannot have more than ten million rounds derived, or none', async () => {
    const encrypted = await encryptBytes(bytes, PASSPHRASE, []);
    const derive = vi.spyOn(crypto.subtle, 'deriveBits').mockRejectedValue(new Error('counted'));
    for (const rounds of [0, -1, Number.NaN, 10_000_001]) {
      expect(await decryptBytes({ ...encrypted, rounds }, PASSPHRASE, [])).toBeUndefined();
    }
    expect(derive).not.toHaveBeenCalled();
    for (const rounds of [1, 10_000_000]) {
      expect(await decryptBytes({ ...encrypted, rounds }, PASSPHRASE, [])).toBeUndefined();
    }
    expect(derive).toHaveBeenCalledTimes(2);
    derive.mockRestore();
  });
});

function flipped(buffer: ArrayBufferLike): ArrayBuffer {
  const bytes = new Uint8Array(buffer.slice(0)) as Uint8Array<ArrayBuffer>;
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.buffer;
}
