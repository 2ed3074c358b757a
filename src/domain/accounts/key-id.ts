// API key IDs in text as people keep it: typed, pasted, or beside a key in its file.

import { KEY_ID_PATTERN, type KeyIdError } from './account.ts';

/** Byte order marks, zero-width characters, soft hyphens, and marks of the writing direction. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g;
const SPACES = /[\u00A0\u2007\u202F]/g;
/** Hyphens and dashes of every width, and the minus sign. */
const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g;
const EM_DASH = '\u2014';
const QUOTES = '["\'`\u00AB\u00BB\u2018-\u201F]';

/** An ID, also with dashes that an editor made of two hyphens. */
const ID = KEY_ID_PATTERN.replaceAll('-[', '-{1,2}[');
const FIND = new RegExp(`\\b${ID}\\b`, 'gi');
/** The ID alone, or with quotes, a label before it, and a comma or the like behind it. */
const ENTERED = new RegExp(
  `^(?:${QUOTES}?[\\p{L}_ -]+${QUOTES}?\\s*[:=\\s]\\s*)?${QUOTES}?(${ID})${QUOTES}?[.,;]?$`,
  'iu',
);

/** More than an ID and its label have. Characters. */
const MAX_ENTERED = 200;
/** Enough to recognise a private key. Characters. */
const MAX_READ = 1_000;

/** A text without what editors and messengers add: invisible characters, other dashes, spaces that do not break. */
export function plainText(text: string): string {
  return text
    .replaceAll(INVISIBLE, '')
    .replaceAll(SPACES, ' ')
    .replaceAll(DASHES, (dash) => (dash === EM_DASH ? '--' : '-'))
    .trim();
}

/** The API key IDs (UUIDs) in a text, lower case, each once. The Base64 of a key has no hyphens, so it contains none. */
export function findKeyIds(text: string): string[] {
  return [...new Set([...plainText(text).matchAll(FIND)].map(([id]) => withHyphens(id)))];
}

/** A text without the API key IDs in it. */
export function withoutKeyIds(text: string): string {
  return text.replaceAll(FIND, '');
}

/** The key ID that was entered; or the one in the text of the key, if the box was left empty. */
export function parseKeyId({
  keyId,
  privateKey,
}: {
  keyId: string;
  privateKey: string;
}): { id: string } | { fault: KeyIdError } {
  const entered = plainText(keyId.slice(0, MAX_READ));
  if (/-----begin/i.test(entered)) return { fault: 'is-a-private-key' };
  if (entered.length > MAX_ENTERED) return { fault: 'malformed' };
  const only = ENTERED.exec(entered)?.[1];
  if (only) return { id: withHyphens(only) };
  if (entered.replaceAll(new RegExp(QUOTES, 'g'), '')) return { fault: 'malformed' };
  const [found, another] = findKeyIds(privateKey);
  if (!found) return { fault: 'missing' };
  return another ? { fault: 'several' } : { id: found };
}

function withHyphens(id: string): string {
  return id.replaceAll('--', '-').toLowerCase();
}
