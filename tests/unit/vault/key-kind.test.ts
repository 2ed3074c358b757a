// What a DER structure is, from structures built element by element, right and wrong in one place each.
import { describe, expect, test } from 'vitest';
import { TAG, writeElement } from '../../../src/vault/der.ts';
import { detectKey } from '../../../src/vault/key-kind.ts';
import { makeKey } from '../../exchange/keys.ts';

const int = (...of: number[]) => writeElement(TAG.integer, Uint8Array.from(of));
const seq = (...parts: Uint8Array[]) => writeElement(TAG.sequence, ...parts);
const octets = (...parts: Uint8Array[]) => writeElement(TAG.octetString, ...parts);
const bits = writeElement(TAG.bitString, Uint8Array.of(0));
const oid = (...of: number[]) => writeElement(TAG.oid, Uint8Array.from(of));
const RSA = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1);
/** With the parameter that RFC 8017 demands. */
const RSA_WITH_NULL = Uint8Array.of(...RSA, 5, 0);
const ED25519 = oid(0x2b, 0x65, 0x70);
const EC = oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1);
const X25519 = oid(0x2b, 0x65, 0x6e);

/** A number of so many bits, positive. */
const number = (count: number) => {
  const whole = new Uint8Array(Math.ceil(count / 8)).fill(0xff);
  whole[0] = 0xff >> (whole.length * 8 - count);
  return writeElement(TAG.integer, Uint8Array.of(0), whole);
};
/** Version, modulus and seven more numbers. */
const rsa = (modulusBits: number, ...last: Uint8Array[]) =>
  seq(int(0), number(modulusBits), ...Array(last.length ? 6 : 7).fill(int(3)), ...last);
const pkcs8 = (id: Uint8Array, ...rest: Uint8Array[]) => seq(int(0), seq(id), ...rest);

describe('private keys that can be used', () => {
  test.each([
    ['Ed25519', pkcs8(ED25519, octets(octets(new Uint8Array(32)))), 'Ed25519'],
    ['RSA, the shortest', pkcs8(RSA_WITH_NULL, octets(rsa(2048))), 'RSA'],
    ['RSA, the longest', pkcs8(RSA_WITH_NULL, octets(rsa(8192))), 'RSA'],
  ])('PKCS#8 %s: a copy of the same bytes', (_, der, keyType) => {
    const found = detectKey(der);
    expect(found).toEqual({ keyType, der });
    expect(typeof found !== 'string' && found.der).not.toBe(der);
  });

  test('PKCS#1 becomes the PKCS#8 that node makes of it', () => {
    const { privateKey } = makeKey('RSA PKCS#1');
    const found = detectKey(privateKey.export({ type: 'pkcs1', format: 'der' }));
    if (typeof found === 'string') throw new Error(found);
    expect(found.keyType).toBe('RSA');
    expect(Buffer.from(found.der).equals(privateKey.export({ type: 'pkcs8', format: 'der' }))).toBe(true);
  });
});

test.each<[what: string, der: Uint8Array, kind: string]>([
  ['nothing', new Uint8Array(), 'damaged'],
  ['no sequence', octets(int(0), seq(ED25519)), 'damaged'],
  ['bytes behind the key', Uint8Array.of(...rsa(2048), 0), 'damaged'],
  ['a content that is cut off', seq(Uint8Array.of(2, 9, 1)), 'damaged'],
  ['an empty sequence', seq(), 'not-a-key'],
  ['a version alone', seq(int(0)), 'not-a-key'],
  ['a sequence alone', seq(seq(RSA)), 'not-a-key'],
  ['octets and octets', seq(octets(), octets()), 'not-a-key'],
  ['octets and bits', seq(octets(), bits), 'not-a-key'],
  ['octets, octets and bits', seq(octets(), octets(), bits), 'not-a-key'],
  ['a sequence and a number', seq(seq(RSA), int(1)), 'not-a-key'],
  ['a sequence and two numbers', seq(seq(RSA), int(1), int(1)), 'not-a-key'],
  ['a number and bits', seq(int(0), bits), 'not-a-key'],
  ['SEC1', seq(int(1), octets()), 'ec-key'],
  ['a public key', seq(seq(RSA), bits), 'public-key'],
  ['an encrypted key', seq(seq(RSA), octets()), 'encrypted'],
  ['a certificate', seq(seq(int(1)), seq(RSA), bits), 'certificate'],
  ['PKCS#8 without an algorithm', seq(int(0), seq(), octets()), 'damaged'],
  ['PKCS#8 whose algorithm is a number', seq(int(0), seq(int(1)), octets()), 'damaged'],
  ['PKCS#8 without a key', pkcs8(ED25519), 'damaged'],
  ['PKCS#8 whose key is a number', pkcs8(ED25519, int(1)), 'damaged'],
  ['Ed25519 of another length', pkcs8(ED25519, octets(octets(new Uint8Array(31)))), 'damaged'],
  ['an EC key', pkcs8(EC, octets()), 'ec-key'],
  ['X25519', pkcs8(X25519, octets()), 'other-algorithm'],
  ['RSA whose numbers are no sequence', pkcs8(RSA, octets(octets(rsa(2048).subarray(4)))), 'damaged'],
  ['RSA without numbers', pkcs8(RSA, octets()), 'damaged'],
  [
    'RSA with a number too few',
    pkcs8(RSA, octets(seq(int(0), number(2048), ...Array(6).fill(int(3))))),
    'damaged',
  ],
  ['RSA with octets instead of a number', pkcs8(RSA, octets(rsa(2048, octets()))), 'damaged'],
  ['RSA that is too short', pkcs8(RSA, octets(rsa(2047))), 'rsa-size'],
  ['RSA that is too long', pkcs8(RSA, octets(rsa(8193))), 'rsa-size'],
  ['PKCS#1, public', seq(number(2048), int(3)), 'public-key'],
  ['PKCS#1 that is too short', rsa(1024), 'rsa-size'],
  ['DSA', seq(int(0), ...Array(5).fill(int(3))), 'other-algorithm'],
  ['seven numbers', seq(int(0), ...Array(6).fill(int(3))), 'damaged'],
])('%s', (_, der, kind) => {
  expect(detectKey(der)).toBe(kind);
});
