// API key IDs as people keep them.
import { describe, expect, test } from 'vitest';
import { findKeyIds, parseKeyId } from '../../../../src/domain/accounts/key-id.ts';
import { makeKey } from '../../../exchange/keys.ts';

const ID = '0b7d6a3e-54f1-4a52-9c3f-6e1a2f0d9c11';
const OTHER = ID.replace('0b', '0c');
const { pem } = makeKey('Ed25519');

test.each([
  ['none', pem, []],
  ['one', `API key id: ${ID}\n${pem}`, [ID]],
  ['the same twice', `${ID}\n${pem}\n${ID.toUpperCase()}`, [ID]],
  ['two', `${ID}\n${pem}\n${OTHER}`, [ID, OTHER]],
  ['one in a file name', `kalshi-key-${ID} (1).txt`, [ID]],
  ['one of longer digits', `${ID}0`, []],
])('in a text: %s', (_, text, ids) => expect(findKeyIds(text)).toEqual(ids));

describe('entered', () => {
  test.each([
    ` ${ID}\n`,
    `"${ID}"`,
    `'${ID}'`,
    `\u201C${ID}\u201D`,
    ID.toUpperCase(),
    ID.replaceAll('-', '\u2013'),
    ID.replaceAll('-', '\u2014'),
    `\u200B${ID.slice(0, 12)}\u200B${ID.slice(12)}\uFEFF`,
    `\u00A0${ID}\u00A0`,
    `API Key ID: ${ID}`,
    `API key ID ${ID}`,
    `"api_key_id": "${ID}",`,
    `KALSHI_KEY_ID=${ID}`,
    `ID de clave: ${ID}`,
  ])('%j', (keyId) => expect(parseKeyId({ keyId, privateKey: '' })).toEqual({ id: ID }));

  test.each([
    ['', 'missing'],
    ['""', 'missing'],
    [ID.slice(1), 'malformed'],
    [`${ID}0`, 'malformed'],
    [`${ID} ${OTHER}`, 'malformed'],
    [`${ID.slice(0, 8)}"${ID.slice(8)}`, 'malformed'],
    [`x"${ID}`, 'malformed'],
    [`${ID}"x`, 'malformed'],
    [pem, 'is-a-private-key'],
  ])('%j: %s', (keyId, fault) => expect(parseKeyId({ keyId, privateKey: '' })).toEqual({ fault }));

  test('left empty: the one in the text of the key', () => {
    expect(parseKeyId({ keyId: ' ', privateKey: `${ID}\n${pem}` })).toEqual({ id: ID });
    expect(parseKeyId({ keyId: '', privateKey: `${ID} ${OTHER} ${pem}` })).toEqual({ fault: 'several' });
  });
});
