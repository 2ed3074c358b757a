// The part of DER (X.690) that is needed to detect the kind of a key and to wrap PKCS#1 as PKCS#8.

export const TAG = { integer: 0x02, bitString: 0x03, octetString: 0x04, oid: 0x06, sequence: 0x30 } as const;

/** One element: its tag, its content, and where it ends in the bytes it was read from. */
export interface Element {
  tag: number;
  content: Uint8Array;
  end: number;
}

/**
 * Reads the element at `start`.
 * @returns undefined if the bytes end too early or the length is not a definite one of at most four bytes
 */
export function readElement(bytes: Uint8Array, start = 0): Element | undefined {
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined) return undefined;
  let length = first;
  let at = start + 2;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4) return undefined;
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[at++] ?? Number.NaN);
  }
  const end = at + length;
  if (!(end <= bytes.length)) return undefined;
  return { tag, content: bytes.subarray(at, end), end };
}

/** The elements side by side in `bytes`; undefined if they do not fill it exactly. */
export function readAll(bytes: Uint8Array): Element[] | undefined {
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const element = readElement(bytes, at);
    if (!element) return undefined;
    elements.push(element);
    at = element.end;
  }
  return elements;
}

/** An element with the given content. */
export function writeElement(tag: number, ...content: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  const head = length < 0x80 ? [tag, length] : [tag, 0x80 | bytesOf(length).length, ...bytesOf(length)];
  const out = new Uint8Array(head.length + length);
  out.set(head);
  let at = head.length;
  for (const part of content) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function bytesOf(length: number): number[] {
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.trunc(rest / 256)) bytes.unshift(rest % 256);
  return bytes;
}

/** An object identifier's content in dotted form, e.g. `1.3.101.112`. */
export function oidText(content: Uint8Array): string {
  const arcs: number[] = [];
  let value = 0;
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    if (arcs.length === 0) {
      const first = Math.min(Math.trunc(value / 40), 2);
      arcs.push(first, value - first * 40);
    } else arcs.push(value);
    value = 0;
  }
  return arcs.join('.');
}

/** How many bits an INTEGER's content has, leading zeros not counted. */
export function bitLength(content: Uint8Array): number {
  const first = content.findIndex((byte) => byte !== 0);
  if (first < 0) return 0;
  return (content.length - first - 1) * 8 + (32 - Math.clz32(content[first] ?? 0));
}
