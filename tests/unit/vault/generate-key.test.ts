// Generated key pairs: what is stored, what can be exported, and the public half.
import { createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { generateKey } from '../../../src/vault/generate-key.ts';
import { type Owner, secretFor, unwrapKey } from '../../../src/vault/passphrase-encryption.ts';

const OWNER: Owner = { id: 'one', environment: 'demo' };
const TEXT = new TextEncoder().encode('signed');

async function signs(key: CryptoKey, publicPem: string): Promise<boolean> {
  const isRsa = key.algorithm.name === 'RSA-PSS';
  const algorithm = isRsa ? { name: 'RSA-PSS', saltLength: 32 } : 'Ed25519';
  const signature = Buffer.from(await crypto.subtle.sign(algorithm, key, TEXT));
  const pss = { key: publicPem, padding: 6 /* RSA_PKCS1_PSS_PADDING */, saltLength: 32 };
  return isRsa ? verify('sha256', TEXT, pss, signature) : verify(null, TEXT, publicPem, signature);
}

test.each(['RSA', 'Ed25519'] as const)(
  '%s without a passphrase: not extractable from the beginning',
  async (type) => {
    const { stored, secret, publicPem } = await generateKey(type, undefined, OWNER);
    if (stored.kind !== 'open') throw new Error(stored.kind);
    expect(secret).toBeUndefined();
    expect(stored.key).toMatchObject({ type: 'private', extractable: false, usages: ['sign'] });
    await expect(crypto.subtle.exportKey('pkcs8', stored.key)).rejects.toThrow();
    expect(await signs(stored.key, publicPem)).toBe(true);
  },
);

test.each(['RSA', 'Ed25519'] as const)('%s with a passphrase: stored encrypted', async (type) => {
  const { stored, secret, publicPem } = await generateKey(type, 'four words or more', OWNER);
  if (stored.kind !== 'wrapped' || !secret) throw new Error(stored.kind);
  expect(stored.wrapped.keyType).toBe(type);
  expect(await secretFor(stored.wrapped, 'four words or more')).toEqual(secret);
  const key = await unwrapKey(stored.wrapped, secret, OWNER);
  if (!key) throw new Error('did not open');
  expect(key).toMatchObject({ extractable: false, usages: ['sign'] });
  expect(await signs(key, publicPem)).toBe(true);
  expect(await unwrapKey(stored.wrapped, secret, { ...OWNER, environment: 'production' })).toBeUndefined();
});

test('the public key is PEM with lines of 64 characters; RSA has 2048 bits and the exponent 65537', async () => {
  const { publicPem } = await generateKey('RSA', undefined, OWNER);
  const key = createPublicKey(publicPem);
  expect(key.asymmetricKeyDetails).toEqual({ modulusLength: 2048, publicExponent: 65537n });
  expect(publicPem).toBe(key.export({ type: 'spki', format: 'pem' }));
});
