// Finding the one private key in a text, or the reason why there is none.

import { KEY_ID_PATTERN, type KeyFileError } from '../domain/accounts/account.ts';
import { fromBase64 } from '../storage/base64.ts';
import { groupBy } from '../storage/records/group-by.ts';
import { detectKey, type Pkcs8 } from './key-kind.ts';

const UUID = new RegExp(`\\b${KEY_ID_PATTERN}\\b`, 'gi');
// The expressions here take time that grows with the length of the text, not with its square: a match begins at the first of
// several hyphens only.
const MARKER = /(?<!-)-{2,}(BEGIN|END) ([A-Z0-9 ]+)(?=--)/g;

/** Labels that identify a block. Every other block is identified by its content. */
const LABELS: [RegExp, KeyFileError][] = [
  [/^OPENSSH PRIVATE KEY$/, 'openssh'],
  [/^ENCRYPTED PRIVATE KEY$/, 'encrypted'],
  [/CERTIFICATE REQUEST$/, 'certificate-request'],
  [/CERTIFICATE$/, 'certificate'],
  [/PUBLIC KEY$/, 'public-key'],
];

/**
 * Finds the private key in a text: with CRLF, a byte order mark, extra spaces, everything on one line, `\n` written out,
 * dashes that an editor has replaced, a key ID next to it, or without BEGIN and END lines.
 * @returns the key as PKCS#8, or what the text is instead
 */
export function parsePrivateKey(text: string): Pkcs8 | KeyFileError {
  const normalised = normalise(text);
  if (normalised === '') return 'empty';
  if (normalised.includes('PuTTY-User-Key-File')) return 'putty';
  const blocks = findBlocks(normalised).map(({ label, body }) => readBlock(label, body));
  if (blocks.length === 0) return withoutArmour(normalised);
  const keys = blocks.filter((block) => typeof block !== 'string');
  if (keys.length > 1) return 'several-keys';
  return keys[0] ?? blocks.find((block) => block !== 'not-a-key') ?? 'not-a-key';
}

/** The API key IDs (UUIDs) in a text outside the key, lower case, each once. */
export function findKeyIds(text: string): string[] {
  const normalised = normalise(text);
  let outside = '';
  let from = 0;
  for (const { start, end } of findBlocks(normalised)) {
    outside += `${normalised.slice(from, start)} `;
    from = end;
  }
  outside += normalised.slice(from);
  return [...new Set([...outside.matchAll(UUID)].map(([id]) => id.toLowerCase()))];
}

interface Block {
  label: string;
  body: string;
  /** Where it begins, and where it ends before its last hyphens. */
  start: number;
  end: number;
}

/** The blocks of a text: each from a BEGIN to the next END with the same label, whatever is in between. */
function findBlocks(text: string): Block[] {
  const markers = [...text.matchAll(MARKER)].map((match) => {
    const [all, word, label = ''] = match;
    return { word, label, start: match.index, end: match.index + all.length };
  });
  const blocks: Block[] = [];
  /** The END lines that are left, by label; the next one is the last. */
  const ends = groupBy(markers.filter(({ word }) => word === 'END').reverse(), ({ label }) => label);
  let from = 0;
  for (const { word, label, start, end } of markers) {
    if (word === 'END' || start < from) continue;
    const sameLabel = ends.get(label) ?? [];
    while ((sameLabel.at(-1)?.start ?? end) < end) sameLabel.pop();
    const last = sameLabel.pop();
    if (!last) continue;
    blocks.push({ label, body: text.slice(end, last.start).replace(/^-+/, ''), start, end: last.end });
    from = last.end;
  }
  return blocks;
}

function normalise(text: string): string {
  return text
    .replaceAll(/[\u2010-\u2015\u2212]/g, (dash) => (dash === '\u2014' ? '--' : '-'))
    .replaceAll(/\\r\\n|\\n|\\r/g, '\n')
    .replaceAll(/[\uFEFF\u200B-\u200D\u2060\u00A0]/g, ' ')
    .trim();
}

function readBlock(label: string, body: string): Pkcs8 | KeyFileError {
  const named = LABELS.find(([pattern]) => pattern.test(label));
  if (named) return named[1];
  if (body.includes('Proc-Type:') && body.includes('ENCRYPTED')) return 'encrypted';
  if (!label.endsWith('PRIVATE KEY')) return 'not-a-key'; // EC PARAMETERS and the like next to a key
  const der = decoded(body);
  return der ? recogniseAndWipe(der) : 'damaged';
}

function withoutArmour(text: string): Pkcs8 | KeyFileError {
  if (/^(ssh-|ecdsa-|sk-)\S+ AAAA/m.test(text)) return 'public-key';
  if (/(?<!-)-{2,}(BEGIN|END) [A-Z0-9 ]*PRIVATE KEY/.test(text)) return 'damaged'; // the BEGIN or END line is missing
  if (text.replaceAll(UUID, '').trim() === '') return 'key-id-only';
  const der = decoded(text.replaceAll(UUID, ''));
  if (der?.[0] !== 0x30) return 'not-a-key';
  const found = recogniseAndWipe(der);
  return found === 'damaged' ? 'not-a-key' : found;
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
