// Finding the one private key in a text, or the reason why there is none.

import type { KeyFileError } from '../domain/accounts/account.ts';
import { plainText, withoutKeyIds } from '../domain/accounts/key-id.ts';
import { fromBase64 } from '../storage/base64.ts';
import { parseJsonKey } from './json-key.ts';
import { detectKey, type Pkcs8 } from './key-kind.ts';

// The expressions here take time that grows with the length of the text, not with its square: a match begins at the first of
// several hyphens only.
const MARKER = /(?<!-)-{2,}(BEGIN|END) ([A-Z0-9 ]+)(?=--)/g;
/** What a Base64 of a PEM begins with: that of two hyphens. */
const BASE64_OF_PEM = /^LS0[A-Za-z0-9+/\s]+={0,2}$/;

/** Labels that identify a block. Every other block is identified by its content. */
const LABELS: [RegExp, KeyFileError][] = [
  [/^OPENSSH PRIVATE KEY$/, 'openssh'],
  [/^ENCRYPTED PRIVATE KEY$/, 'encrypted'],
  [/CERTIFICATE REQUEST$/, 'certificate-request'],
  [/CERTIFICATE$/, 'certificate'],
  [/PUBLIC KEY$/, 'public-key'],
];

/**
 * Finds the private key in a text: as PEM with CRLF, a byte order mark, extra spaces, everything on one line, `\n` written
 * out (also escaped twice), dashes that an editor has replaced, a key ID next to it, or without BEGIN and END lines; as the
 * Base64 of a PEM, as a JWK, or in a text of JSON. The same key several times is one.
 * @returns the key as PKCS#8, or what the text is instead
 */
export function parsePrivateKey(text: string): Pkcs8 | KeyFileError {
  const plain = plainText(text)
    .replaceAll(/\\{1,8}[rn]/g, '\n')
    .trim();
  if (plain === '') return 'empty';
  if (plain.includes('PuTTY-User-Key-File')) return 'putty';
  const blocks = readBlocks(plain);
  if (blocks.length === 0) return withoutMarkers(plain);
  return onlyKey(blocks);
}

/** The key, if all keys found are the same one; otherwise what was found. The bytes of the others are overwritten. */
function onlyKey(found: (Pkcs8 | KeyFileError)[]): Pkcs8 | KeyFileError {
  const keys = found.filter((each) => typeof each !== 'string');
  const [first, ...others] = keys;
  if (!first) return found.find((each) => each !== 'not-a-key') ?? 'not-a-key';
  const isSame = others.every(({ der }) => isEqual(der, first.der));
  for (const { der } of isSame ? others : keys) der.fill(0);
  return isSame ? first : 'several-keys';
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** The blocks between a BEGIN and the END line with its label. */
function readBlocks(text: string): (Pkcs8 | KeyFileError)[] {
  const blocks: (Pkcs8 | KeyFileError)[] = [];
  let begin: { label: string; end: number } | undefined;
  for (const { 0: marker, 1: kind, 2: label = '', index } of text.matchAll(MARKER)) {
    if (kind === 'BEGIN') begin = { label, end: index + marker.length };
    else if (begin?.label === label) {
      blocks.push(readBlock(label, text.slice(begin.end, index).replace(/^-+/, '')));
      begin = undefined;
    }
  }
  return blocks;
}

function readBlock(label: string, body: string): Pkcs8 | KeyFileError {
  const named = LABELS.find(([pattern]) => pattern.test(label));
  if (named) return named[1];
  if (body.includes('Proc-Type:') && body.includes('ENCRYPTED')) return 'encrypted';
  if (!label.endsWith('PRIVATE KEY')) return 'not-a-key'; // EC PARAMETERS and the like next to a key
  const der = decoded(body);
  return der ? recogniseAndWipe(der) : 'damaged';
}

function withoutMarkers(text: string): Pkcs8 | KeyFileError {
  const json = parseJsonKey(text, parsePrivateKey);
  if (json) return json;
  if (/^(ssh-|ecdsa-|sk-)\S+ AAAA/m.test(text)) return 'public-key';
  const [marker] = [...text.matchAll(MARKER)].filter(([, , label = '']) => label.endsWith('PRIVATE KEY'));
  if (marker) return 'damaged'; // the BEGIN or END line is missing
  const rest = withoutKeyIds(text).trim();
  if (rest === '') return 'key-id-only';
  if (BASE64_OF_PEM.test(rest)) return fromBase64OfPem(rest);
  const der = decoded(rest);
  if (der?.[0] !== 0x30) return 'not-a-key';
  const found = recogniseAndWipe(der);
  return found === 'damaged' ? 'not-a-key' : found;
}

function fromBase64OfPem(text: string): Pkcs8 | KeyFileError {
  const bytes = decoded(text);
  if (!bytes) return 'damaged';
  const pem = new TextDecoder().decode(bytes);
  bytes.fill(0);
  return pem.startsWith('--') ? parsePrivateKey(pem) : 'not-a-key';
}

/** The detected key is a copy: the bytes that it was decoded from are overwritten. */
function recogniseAndWipe(der: Uint8Array): Pkcs8 | KeyFileError {
  const found = detectKey(der);
  der.fill(0);
  return found;
}

function decoded(text: string): Uint8Array | undefined {
  try {
    return fromBase64(text.replaceAll(/\s/g, ''));
  } catch {
    return undefined;
  }
}
