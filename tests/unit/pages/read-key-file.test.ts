// The text of a key file, in the encodings that editors and tools save it in.
import { expect, test } from 'vitest';
import { decodeKeyFile, readKeyFile } from '../../../src/pages/options/connect/key-input/read-key-file.ts';
import { makeKey } from '../../exchange/keys.ts';

const { pem, privateKey } = makeKey('RSA PKCS#1');
const ed = makeKey('Ed25519').privateKey;
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

test.each([
  ['UTF-8', Buffer.from(pem), pem],
  ['UTF-8 with a key ID first', Buffer.from(`0b7d6a3e\n${pem}`), `0b7d6a3e\n${pem}`],
  ['UTF-16 with a byte order mark', utf16(`\uFEFF${pem}`), pem],
  ['UTF-16 without one', utf16(pem), pem],
  ['UTF-16, big endian', utf16(`\uFEFF${pem}`).swap16(), pem],
  ['UTF-16, big endian, without one', utf16(pem).swap16(), pem],
  ['nothing', Buffer.alloc(0), ''],
])('%s', (_, bytes, text) => {
  expect(decodeKeyFile(bytes)).toBe(text);
  expect(bytes.every((byte) => byte === 0)).toBe(true);
});

test.each([
  ['RSA in PKCS#1', privateKey.export({ type: 'pkcs1', format: 'der' })],
  ['RSA in PKCS#8', privateKey.export({ type: 'pkcs8', format: 'der' })],
  ['Ed25519', ed.export({ type: 'pkcs8', format: 'der' })],
])('DER: %s becomes Base64', (_, der) => {
  const expected = der.toString('base64');
  expect(decodeKeyFile(der)).toBe(expected);
});

test('of a large file, only the beginning is read', async () => {
  expect(await readKeyFile(new Blob(['x'.repeat(70_000)]))).toHaveLength(65_536);
});
