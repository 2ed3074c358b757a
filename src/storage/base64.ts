// Base64 of bytes, by the browser's own functions.

/** Bytes that are passed to one call: a call takes a limited number of arguments. */
const CHUNK = 0x8000;

export function toBase64(bytes: ArrayBuffer | Uint8Array): string {
  const all = new Uint8Array(bytes);
  let text = '';
  for (let at = 0; at < all.length; at += CHUNK) {
    text += String.fromCharCode(...all.subarray(at, at + CHUNK));
  }
  return btoa(text);
}

/** Decodes bytes. White space is ignored. @throws DOMException if the text is not Base64 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
