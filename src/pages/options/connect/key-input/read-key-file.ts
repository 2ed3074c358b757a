// Reading the file of a private key as text, in the encodings that editors and tools save it in.

import { toBase64 } from '../../../../storage/base64.ts';

/** A key file has about 2 kB. Of a larger file only this much is read, enough to refuse it. */
const MAX_BYTES = 65_536;

/** The text of a key file, that of a DER file as Base64; undefined if the file was moved or cannot be read. */
export async function readKeyFile(file: Blob): Promise<string | undefined> {
  try {
    return decodeKeyFile(new Uint8Array(await file.slice(0, MAX_BYTES).arrayBuffer()));
  } catch {
    return undefined;
  }
}

/** The text in the bytes of a key file, which are overwritten. */
export function decodeKeyFile(bytes: Uint8Array): string {
  const text = isDer(bytes) ? toBase64(bytes) : new TextDecoder(encodingOf(bytes)).decode(bytes);
  bytes.fill(0);
  return text;
}

/** UTF-16 by its byte order mark, or by the zero byte of a first ASCII character. */
function encodingOf([first, second]: Uint8Array): string {
  if ((first === 0xff && second === 0xfe) || second === 0) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || first === 0) return 'utf-16be';
  return 'utf-8';
}

/** A DER sequence (X.690) that ends where the file ends. */
function isDer(bytes: Uint8Array): boolean {
  const [tag, length = 0, a = 0, b = 0] = bytes;
  if (tag !== 0x30) return false;
  if (length === 0x81) return bytes.length === 3 + a;
  if (length === 0x82) return bytes.length === 4 + a * 256 + b;
  return length < 0x80 && bytes.length === 2 + length;
}
