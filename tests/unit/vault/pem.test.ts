// From a key text to a key that signs, or to the reason why it is not usable.
import { verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { findKeyIds, parseKeyId } from '../../../src/domain/accounts/key-id.ts';
import { PATHS } from '../../../src/kalshi/endpoints.ts';
import { signedHeaders } from '../../../src/kalshi/sign.ts';
import { problemMessage } from '../../../src/pages/shared/problem-message.ts';
import { importPrivateKey, withPrivateKey } from '../../../src/vault/import-key.ts';
import { parsePrivateKey } from '../../../src/vault/pem.ts';
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
  ['with line breaks escaped twice', (pem) => pem.trim().replaceAll('\n', '\\\\n')],
  ['with invisible characters', (pem) => pem.replaceAll(/(.{20})/g, '$1\u200B')],
  ['as the Base64 of the file', (pem) => Buffer.from(pem).toString('base64')],
  [
    'as its Base64 in lines',
    (pem) =>
      Buffer.from(pem)
        .toString('base64')
        .replaceAll(/(.{76})/g, '$1\r\n'),
  ],
  ['twice', (pem) => `${pem}\n${pem}`],
  ['behind half of itself', (pem) => `${pem.slice(0, 90)}\n${pem}`],
  ['in JSON', (pem) => JSON.stringify({ api_key_id: ID, private_key: pem }, null, 2)],
  [
    'in JSON without armour',
    (pem) => JSON.stringify({ id: ID, key: pem.replaceAll(/-----.*-----|\n/g, '') }),
  ],
  ['without armour', (pem) => pem.replaceAll(/-----.*-----/g, '')],
  [
    'with the other label',
    (pem) => pem.replaceAll('RSA PRIVATE', 'PRIVATE').replaceAll(' PRIVATE', ' RSA PRIVATE'),
  ],
];

describe.each(KEY_FORMS)('%s', (form) => {
  const made = makeKey(form);

  test.each(MANGLED)('%s: imports, signs, and cannot be exported', async (_, mangle) => {
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

describe('other encodings of the same key', () => {
  const rsa = makeKey('RSA PKCS#1');
  const ed = makeKey('Ed25519');
  /** PKCS#8 version 2 (RFC 5958): the public key is behind the private one. */
  const version2 = () => {
    const { d = '', x = '' } = ed.privateKey.export({ format: 'jwk' });
    const head = Uint8Array.from([0x30, 0x51, 2, 1, 1, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 34, 4, 32]);
    const publicKey = [Uint8Array.of(0x81, 33, 0), Buffer.from(x, 'base64url')];
    return Buffer.concat([head, Buffer.from(d, 'base64url'), ...publicKey]).toString('base64');
  };
  const jwk = (key: typeof rsa) => key.privateKey.export({ format: 'jwk' });

  test.each([
    ['Ed25519 in PKCS#8 version 2', version2(), ed],
    ['Ed25519 as JWK', JSON.stringify(jwk(ed)), ed],
    ['RSA as JWK', JSON.stringify(jwk(rsa)), rsa],
    ['a JWK in a field', JSON.stringify({ kid: ID, key: jwk(ed) }), ed],
    ['RSA as PKCS#1 and as PKCS#8', rsa.pem + rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }), rsa],
  ])('%s', async (_, text, { privateKey }) => {
    const der = await withPrivateKey(text, async (found) => Buffer.from(found.der).toString('base64'));
    expect(der).toBe(privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'));
  });

  test.each([
    ['a public JWK', JSON.stringify(ed.publicKey.export({ format: 'jwk' })), 'public-key'],
    ['an EC JWK', '{"kty":"EC","crv":"P-256","d":"AA"}', 'ec-key'],
    ['an X25519 JWK', '{"kty":"OKP","crv":"X25519","d":"AA"}', 'other-algorithm'],
    ['a JWK with a short seed', '{"kty":"OKP","crv":"Ed25519","d":"AAAA"}', 'damaged'],
    ['an RSA JWK without its primes', JSON.stringify({ ...jwk(rsa), p: undefined }), 'damaged'],
    ['a JWK that is no Base64', '{"kty":"OKP","crv":"Ed25519","d":"*"}', 'damaged'],
    ['JSON without a key', `{"api_key_id":"${ID}","scopes":["read"],"note":""}`, 'not-a-key'],
    ['JSON with a public key', JSON.stringify({ id: ID, key: 'ssh-ed25519 AAAAC3Nz' }), 'public-key'],
    ['the Base64 of a text', Buffer.from('-- my notes').toString('base64'), 'not-a-key'],
    ['two keys, one as PKCS#1', rsa.pem + makeKey('RSA PKCS#8').pem, 'several-keys'],
  ])('%s has no usable key', async (_, text, fault) => {
    expect(await importPrivateKey(text)).toBe(fault);
  });
});

test.each(await wrongKeys())('$what has its own message', async ({ text, sentence }) => {
  const fault = await importPrivateKey(text);
  if (typeof fault !== 'string') throw new Error('imported');
  const i18n = { locale: 'en', message: (key: string) => key };
  expect(problemMessage({ kind: 'key-file', fault }, i18n)).toBe(sentence);
});

describe('texts that contain no usable key', () => {
  const { pem } = makeKey('Ed25519');
  const block = (label: string, body: string) =>
    `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
  const der = (...bytes: number[]) => Buffer.from(bytes).toString('base64');

  test.each([
    ['white space', ' \r\n\t', 'empty'],
    ['a byte order mark', BOM, 'empty'],
    ['two keys', pem + makeKey('Ed25519').pem, 'several-keys'],
    ['a block of another kind', block('EC PARAMETERS', 'BggqhkjOPQMBBw=='), 'not-a-key'],
    ['a block that is no Base64', block('PRIVATE KEY', 'not base64!'), 'damaged'],
    ['a key that is cut off', block('PRIVATE KEY', pem.split('\n')[1]?.slice(0, 20) ?? ''), 'damaged'],
    ['a request for a certificate', block('NEW CERTIFICATE REQUEST', 'AAAA'), 'certificate-request'],
    ['the old way to encrypt', block('RSA PRIVATE KEY', 'Proc-Type: 4,ENCRYPTED\n\nAAAA'), 'encrypted'],
    ['only the first line', '-----BEGIN PRIVATE KEY-----\nAAAA', 'damaged'],
    ['only the last line', 'AAAA\n-----END RSA PRIVATE KEY-----', 'damaged'],
    ['a public key of ssh', `a comment\nssh-ed25519 AAAAC3Nz ${ID}`, 'public-key'],
    ['a word before a public key of ssh', 'x ssh-ed25519 AAAAC3Nz', 'not-a-key'],
    ['only key IDs', ` ${ID}\n ${ID} `, 'key-id-only'],
    ['a sentence', 'This is not a key at all', 'not-a-key'],
    ['Base64 of something else', der(0x31, 1, 0), 'not-a-key'],
    ['Base64 of a sequence that is no key', der(0x30, 5, 2), 'not-a-key'],
    ['Base64 of a public key', der(0x30, 5, 0x30, 0, 3, 1, 0), 'public-key'],
  ])('%s', async (_, text, fault) => {
    expect(await importPrivateKey(text)).toBe(fault);
  });

  test('a key whose numbers are wrong is damaged', async () => {
    const wrong = Buffer.concat([
      Buffer.from([0x30, 46, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 34]),
      Buffer.alloc(34),
    ]);
    expect(await importPrivateKey(block('PRIVATE KEY', wrong.toString('base64')))).toBe('damaged');
  });

  test('a key beside a block of another kind is the key', async () => {
    for (const text of [block('EC PARAMETERS', 'AAAA') + pem, pem + block('CERTIFICATE', 'AAAA')]) {
      expect(await importPrivateKey(text)).toMatchObject({ keyType: 'Ed25519' });
    }
  });

  test.each(['\u2010', '\u2011', '\u2012', '\u2013', '\u2015', '\u2212'])(
    'dashes that are %s',
    async (dash) => {
      expect(await importPrivateKey(pem.replaceAll('-', dash))).toMatchObject({ keyType: 'Ed25519' });
    },
  );

  test('two dashes that became a long one', async () => {
    expect(await importPrivateKey(pem.replaceAll('-----', '\u2014'))).toMatchObject({ keyType: 'Ed25519' });
  });

  test('the bytes of the key are overwritten after use, also if that fails', async () => {
    let der: Uint8Array | undefined;
    const use = withPrivateKey(pem, async (found) => {
      der = found.der;
      throw new Error('failed');
    });
    await expect(use).rejects.toThrow('failed');
    expect(der?.every((byte) => byte === 0)).toBe(true);
  });
});

describe('64 kB of any text are read in less than 50 ms', () => {
  const filled = (...parts: string[]) => {
    const [start = '', part = ''] = parts.length > 1 ? parts : ['', parts[0]];
    return (start + part.repeat(65_536)).slice(0, 65_536);
  };
  test.each([
    ['hyphens', filled('-')],
    ['BEGIN lines', filled('-----BEGIN A-----')],
    ['END lines', filled('-----END A-----')],
    ['BEGIN lines, and END lines of another block', filled('-----BEGIN A-----END B-----')],
    ['blocks', filled('-----BEGIN A-----END A-----')],
    ['a long label', filled('--BEGIN ', 'PRIVATE KEY ')],
    [
      'names of the same field',
      `${filled('--BEGIN A PRIVATE KEY--', 'Proc-Type:').slice(0, -25)}--END A PRIVATE KEY--`,
    ],
    ['names of public keys', filled('ssh-')],
    ['line breaks that are written out', filled('\\n')],
    ['backslashes', filled('\\')],
    ['base64', filled('A')],
    ['base64 of a PEM', filled('LS0tLS1C')],
    ['JSON', `{"key":"${filled('{')}"}`],
    ['parts of a key ID', filled('0b7d6a3e-54f1-')],
    ['blanks', filled('a', ' \n')],
  ])('%s', (_, text) => {
    // The fastest of three: the machine may do something else meanwhile.
    const times = [1, 2, 3].map(() => {
      const start = performance.now();
      parsePrivateKey(text);
      findKeyIds(text);
      parseKeyId({ keyId: text, privateKey: '' });
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });
});
