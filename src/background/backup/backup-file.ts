// The file of a backup: a JSON text with the compressed content, under a passphrase if the user wants that.

import * as v from 'valibot';
import type { BackupError } from '../../domain/accounts/backup.ts';
import { type Backup, backupSchema } from '../../storage/backup/backup-schema.ts';
import { fromBase64, toBase64 } from '../../storage/base64.ts';
import {
  decryptBytes,
  type EncryptedBytes,
  encryptBytes,
  fromText,
  toText,
} from '../../vault/passphrase-encryption.ts';

const FORMAT = 'balance-badge-backup';
const VERSION = 1;
/** What an encrypted backup is bound to: it cannot be taken for a key. */
const BINDING = ['backup', String(VERSION)];

/** What every version has; the rest may be different in a newer one. */
const head = {
  format: v.literal(FORMAT),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
};
const headSchema = v.object(head);
const fileSchema = v.object({
  ...head,
  /** When it was made, unix milliseconds. */
  createdAt: v.number(),
  /** The SHA-256 of the compressed content, base64: shows that a file was cut off or changed by accident. */
  sha256: v.string(),
  /** The compressed content: base64, or encrypted as vault/passphrase-encryption.ts writes it. */
  content: v.optional(v.string()),
  encrypted: v.optional(v.string()),
});

/** The text of a backup file. @param passphrase encrypts it; undefined leaves it readable */
export async function writeBackupFile(
  backup: Backup,
  passphrase: string | undefined,
  now: number,
): Promise<string> {
  const bytes = await compress(JSON.stringify(backup));
  const file: v.InferOutput<typeof fileSchema> = {
    format: FORMAT,
    version: VERSION,
    createdAt: now,
    sha256: passphrase === undefined ? await digest(bytes) : '',
    ...(passphrase === undefined
      ? { content: toBase64(bytes) }
      : { encrypted: toText(await encryptBytes(bytes, passphrase, BINDING)) }),
  };
  return JSON.stringify(file);
}

/** The content of a backup file, or why it cannot be used. Never throws. */
export async function readBackupFile(
  text: string,
  passphrase: string | undefined,
): Promise<Backup | BackupError> {
  const json = parse(text);
  if (json === undefined)
    return text.trimStart().startsWith(`{"format":"${FORMAT}"`) ? 'damaged' : 'not-a-backup';
  if ((json as { format?: unknown } | null)?.format !== FORMAT) return 'not-a-backup';
  const known = v.safeParse(headSchema, json);
  if (known.success && known.output.version > VERSION) return 'newer';
  const file = v.safeParse(fileSchema, json);
  if (!file.success) return 'damaged';
  const { sha256, content, encrypted } = file.output;
  const bytes =
    encrypted === undefined ? await unencrypted(content, sha256) : await decrypted(encrypted, passphrase);
  if (typeof bytes === 'string') return bytes;
  const backup = await decompress(bytes).then(parse, () => undefined);
  const parsed = v.safeParse(backupSchema, backup);
  return parsed.success ? parsed.output : 'damaged';
}

async function unencrypted(content: string | undefined, sha256: string) {
  try {
    const bytes = fromBase64(content ?? '');
    return (await digest(bytes)) === sha256 ? bytes : 'damaged';
  } catch {
    return 'damaged';
  }
}

async function decrypted(encrypted: string, passphrase: string | undefined) {
  let readable: EncryptedBytes;
  try {
    readable = fromText<EncryptedBytes>(encrypted);
  } catch {
    return 'damaged';
  }
  if (passphrase === undefined) return 'passphrase-needed';
  return (await decryptBytes(readable, passphrase, BINDING)) ?? 'passphrase-wrong';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toBase64(await crypto.subtle.digest('SHA-256', bytes));
}

async function compress(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** A backup with a million fills has about 80 MB; a small file that becomes much larger is not one. Characters. */
const MAX_TEXT = 400_000_000;

async function decompress(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  const parts: string[] = [];
  let length = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    length += chunk.value.length;
    if (length > MAX_TEXT) {
      await reader.cancel();
      throw new RangeError('too large');
    }
    parts.push(chunk.value);
  }
  return parts.join('');
}
