// Reading the encrypted item of a protected account with Node's own cryptography.
import { createDecipheriv, hkdfSync } from 'node:crypto';

interface Access {
  records: string;
  generation: number;
}

/** The content of an item `account/<id>`. Throws if the secret is not the one that it was encrypted with. */
export function unsealItem(accountId: string, text: string, { records, generation }: Access): unknown {
  const [iv = '', bytes = ''] = JSON.parse(text) as string[];
  const key = hkdfSync('sha256', Buffer.from(records, 'base64'), '', 'encryption', 32);
  const sealed = Buffer.from(bytes, 'base64');
  const cipher = createDecipheriv('aes-256-gcm', Buffer.from(key), Buffer.from(iv, 'base64'));
  cipher.setAAD(Buffer.from(JSON.stringify([1, accountId, 'account', generation])));
  cipher.setAuthTag(sealed.subarray(-16));
  return JSON.parse(Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]).toString());
}
