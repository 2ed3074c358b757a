// Reading and writing DER: every form of a length, and bytes that end too early.
import { describe, expect, test } from 'vitest';
import { bitLength, oidText, readAll, readElement, TAG, writeElement } from '../../../src/vault/der.ts';

const bytes = (...of: number[]) => Uint8Array.from(of);
const filled = (length: number) => new Uint8Array(length).fill(7);

test.each([
  [0, [4, 0]],
  [1, [4, 1]],
  [0x7f, [4, 0x7f]],
  [0x80, [4, 0x81, 0x80]],
  [0xff, [4, 0x81, 0xff]],
  [0x100, [4, 0x82, 1, 0]],
  [0x1234, [4, 0x82, 0x12, 0x34]],
  [0x10000, [4, 0x83, 1, 0, 0]],
])('%i bytes have the head %j, and are read back', (length, head) => {
  const written = writeElement(TAG.octetString, filled(length));
  expect([...written.subarray(0, head.length)]).toEqual(head);
  const element = readElement(written);
  expect(element).toEqual({ tag: 4, content: filled(length), end: written.length });
});

test('several parts are one content', () => {
  expect([...writeElement(TAG.sequence, bytes(1, 2), bytes(), bytes(3))]).toEqual([0x30, 3, 1, 2, 3]);
});

test.each([
  ['nothing', bytes()],
  ['a tag alone', bytes(4)],
  ['one byte too few', bytes(4, 2, 7)],
  ['an indefinite length', bytes(4, 0x80, 7, 0, 0)],
  ['a length of five bytes', bytes(4, 0x85, 0, 0, 0, 0, 1, 7)],
  ['a length that is cut off', bytes(4, 0x82, 0)],
])('%s is no element', (_, wrong) => {
  expect(readElement(wrong)).toBeUndefined();
});

test('a length of four bytes is one; an element may begin anywhere', () => {
  expect(readElement(bytes(9, 9, 4, 0x84, 0, 0, 0, 1, 7), 2)).toEqual({ tag: 4, content: bytes(7), end: 9 });
});

describe('elements side by side', () => {
  test('fill the bytes exactly', () => {
    const both = readAll(bytes(2, 1, 5, 4, 0));
    expect(both?.map(({ tag, content }) => [tag, ...content])).toEqual([[2, 5], [4]]);
    expect(readAll(bytes())).toEqual([]);
  });

  test('or are none', () => {
    expect(readAll(bytes(2, 1, 5, 4, 1))).toBeUndefined();
    expect(readAll(bytes(2, 1, 5, 4))).toBeUndefined();
  });
});

test.each([
  ['1.3.101.112', bytes(0x2b, 0x65, 0x70)],
  ['1.2.840.113549.1.1.1', bytes(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1)],
  ['0.9', bytes(9)],
  ['2.5.4.3', bytes(0x55, 4, 3)],
  ['2.999', bytes(0x88, 0x37)],
])('the object identifier %s', (dotted, content) => {
  expect(oidText(content)).toBe(dotted);
});

test.each([
  [0, bytes()],
  [0, bytes(0, 0)],
  [1, bytes(1)],
  [8, bytes(0x80)],
  [8, bytes(0, 0xff)],
  [9, bytes(1, 0)],
  [16, bytes(0, 0x80, 0)],
  [2048, bytes(0, 0x80, ...filled(255))],
])('%i bits', (bits, content) => {
  expect(bitLength(content)).toBe(bits);
});
