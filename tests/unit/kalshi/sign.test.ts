// The signature of a request, verified by node's own crypto from the public key.
import { constants, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { PATHS } from '../../../src/kalshi/endpoints.ts';
import { signedHeaders } from '../../../src/kalshi/sign.ts';
import { importPrivateKey } from '../../../src/vault/import-key.ts';
import { makeKey } from '../../exchange/keys.ts';

test.each(['RSA PKCS#8', 'Ed25519'] as const)('%s: timestamp, GET and path', async (form) => {
  const made = makeKey(form);
  const imported = await importPrivateKey(made.pem);
  if (typeof imported === 'string') throw new Error(imported);
  const headers = await signedHeaders(
    { keyId: 'the id', key: imported.key },
    PATHS.balance,
    1_781_159_348_000.9,
  );
  expect(headers).toEqual({
    'KALSHI-ACCESS-KEY': 'the id',
    'KALSHI-ACCESS-TIMESTAMP': '1781159348000',
    'KALSHI-ACCESS-SIGNATURE': expect.any(String),
  });
  const signed = Buffer.from('1781159348000GET/trade-api/v2/portfolio/balance');
  const signature = Buffer.from(headers['KALSHI-ACCESS-SIGNATURE'] ?? '', 'base64');
  const pss = { key: made.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  const isValid =
    form === 'Ed25519'
      ? verify(null, signed, made.publicKey, signature)
      : verify('sha256', signed, pss, signature);
  expect(isValid).toBe(true);
});
