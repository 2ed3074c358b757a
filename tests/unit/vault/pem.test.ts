// From a key text to a key that signs, or to the reason why it is not usable.
import { verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { PATHS } from '../../../src/kalshi/endpoints.ts';
import { signedHeaders } from '../../../src/kalshi/sign.ts';
import { problemMessage } from '../../../src/ui/problem-message.ts';
import { importPrivateKey } from '../../../src/vault/import-key.ts';
import { findKeyIds } from '../../../src/vault/pem.ts';
import { KEY_FORMS, makeKey, wrongKeys } from '../../exchange/keys.ts';

const ID = '0b7d6a3e-54f1-4a52-9c3f-6e1a2f0d9c11';
const BOM = String.fromCharCode(0xfeff);

/** Variations of a good key text. */
const MANGLED: [what: string, mangle: (pem: string) => string][] = [
  ['as it is', (pem) => pem],
  ['with CRLF', (pem) => pem.replaceAll('\n', '\r\n')],
  ['with a byte order mark', (pem) => BOM + pem],
  ['on one line', (pem) => pem.replaceAll('\n', '')],
  ['on one line with spaces', (pem) => pem.replaceAll('\n', ' ')],
  ['with stray spaces', (pem) => pem.replaceAll('\n', '  \n\t ')],
  ['with line breaks spelled out', (pem) => pem.trim().replaceAll('\n', '\\n')],
  ['in quotes', (pem) => `"${pem.trim()}"`],
  ['with the key ID above', (pem) => `${ID}\n\n${pem}`],
  ['with the key ID below', (pem) => `${pem}\nKey ID: ${ID.toUpperCase()}\n`],
  ['with dashes made long', (pem) => pem.replaceAll('-----', '\u2014\u2014-')],
  ['without armour', (pem) => pem.replaceAll(/-----.*-----/g, '')],
  [
    'with the other label',
    (pem) => pem.replaceAll('RSA PRIVATE', 'PRIVATE').replaceAll(' PRIVATE', ' RSA PRIVATE'),
  ],
];

describe.each(KEY_FORMS)('%s', (form) => {
  test.each(MANGLED)('%s: imports, signs, and cannot be exported', async (_, mangle) => {
    const made = makeKey(form);
    const imported = await importPrivateKey(mangle(made.pem));
    if (typeof imported === 'string') throw new Error(`refused as ${imported}`);
    const { key, keyType } = imported;
    expect(keyType).toBe(form.startsWith('RSA') ? 'RSA' : 'Ed25519');
    expect(key.extractable).toBe(false);
    expect(key.usages).toEqual(['sign']);
    await expect(crypto.subtle.exportKey('pkcs8', key)).rejects.toThrow();

    const headers = await signedHeaders({ keyId: ID, key }, PATHS.balance, 1_703_123_456_789.9);
    const text = Buffer.from('1703123456789GET/trade-api/v2/portfolio/balance');
    const signature = Buffer.from(headers['KALSHI-ACCESS-SIGNATURE'] ?? '', 'base64');
    expect(headers['KALSHI-ACCESS-TIMESTAMP']).toBe('1703123456789');
    expect(headers['KALSHI-ACCESS-KEY']).toBe(ID);
    const pss = { key: made.publicKey, padding: 6 /* RSA_PKCS1_PSS_PADDING */, saltLength: 32 };
    const fits =
      keyType === 'RSA'
        ? verify('sha256', text, pss, signature)
        : verify(null, text, made.publicKey, signature);
    expect(fits).toBe(true);
  });
});

test.each(await wrongKeys())('$what has its own message', async ({ text, sentence }) => {
  const fault = await importPrivateKey(text);
  if (typeof fault !== 'string') throw new Error('imported');
  const i18n = { locale: 'en', message: (key: string) => key };
  expect(problemMessage({ kind: 'key-file', fault }, i18n)).toBe(sentence);
});

describe('key IDs in the key text', () => {
  const { pem } = makeKey('Ed25519');
  test.each([
    ['none', pem, []],
    ['one', `API key id: ${ID}\n${pem}`, [ID]],
    ['the same twice', `${ID}\n${pem}\n${ID.toUpperCase()}`, [ID]],
    ['two', `${ID}\n${pem}\n${ID.replace('0b', '0c')}`, [ID, ID.replace('0b', '0c')]],
  ])('%s', (_, text, ids) => expect(findKeyIds(text)).toEqual(ids));
});
