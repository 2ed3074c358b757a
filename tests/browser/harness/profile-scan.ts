// Searches a whole browser profile for a key that must not be there.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyPair } from '../../exchange/keys.ts';
import type { MemberInit } from '../../exchange/member.ts';

export const PASSPHRASE = 'Zugspitze-quorum-lantern-seven';

/** What must not be in the profile: the key in every form that it takes, and the passphrase. */
export function needles(key: KeyPair, extra: string[] = []): Map<string, Buffer> {
  const der = (type: 'pkcs8' | 'pkcs1') => key.privateKey.export({ type, format: 'der' });
  const jwk = key.privateKey.export({ format: 'jwk' });
  const secretNumber = Buffer.from(String(jwk.d), 'base64url');
  const line = key.pem.split('\n')[1] ?? '';
  const found = new Map<string, Buffer>([
    ['private number', secretNumber.subarray(0, 24)],
    ['end of the PKCS#8', der('pkcs8').subarray(-24)],
    ['PEM', Buffer.from(line.slice(0, 40))],
    ['PEM in UTF-16', Buffer.from(line.slice(0, 40), 'utf16le')],
    ['passphrase', Buffer.from(PASSPHRASE)],
    ['passphrase in UTF-16', Buffer.from(PASSPHRASE, 'utf16le')],
  ]);
  if (jwk.p) found.set('a prime', Buffer.from(jwk.p, 'base64url').subarray(0, 24));
  for (const [i, text] of extra.entries()) {
    found.set(`secret ${i}`, Buffer.from(text));
    found.set(`secret ${i}, raw`, Buffer.from(text, 'base64'));
  }
  return found;
}

const [TICKER, TITLE] = ['ZEBRAFISH-7Q', 'Walrus parade in Trondheim'];

/** A member whose records are searched for. */
export const HOLDER: MemberInit = {
  cash: '98.0186',
  positions: [{ ticker: TICKER, contracts: 3, price: 62, average: 48, title: TITLE }],
};

/** What must not be in the profile while the account of `HOLDER` is protected. */
export function recordNeedles(keyId: string): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const [label, text] of Object.entries({ 'key ID': keyId, amount: '98018600', TICKER, TITLE })) {
    found.set(label, Buffer.from(text));
    found.set(`${label} in UTF-16`, Buffer.from(text, 'utf16le'));
  }
  return found;
}

/** Every file of the profile that contains one of them. */
export function scan(profile: string, what: Map<string, Buffer>): string[] {
  const hits: string[] = [];
  for (const name of readdirSync(profile, { recursive: true, encoding: 'utf8' })) {
    const path = join(profile, name);
    try {
      if (!statSync(path).isFile()) continue;
      const bytes = readFileSync(path);
      for (const [label, needle] of what) if (bytes.includes(needle)) hits.push(`${label} in ${name}`);
    } catch {
      // deleted in the meantime: the browser is running
    }
  }
  return hits;
}
