// Encrypted private keys as text in `storage.local`, which a Firefox that never remembers history has, too: it opens no
// IndexedDB (measured in ESR 153). For vault/key-store.ts alone.

import { browser } from '../browser/browser.ts';

const PREFIX = 'key/';

/** @throws what `storage.local` throws */
export async function readWrappedKey(ref: string): Promise<string | undefined> {
  const key = `${PREFIX}${ref}`;
  const { [key]: text } = await browser.storage.local.get(key);
  return typeof text === 'string' ? text : undefined;
}

/** @throws what `storage.local` throws */
export async function writeWrappedKey(ref: string, text: string): Promise<void> {
  await browser.storage.local.set({ [`${PREFIX}${ref}`]: text });
}

/** @throws what `storage.local` throws */
export async function deleteWrappedKeysExcept(refs: readonly string[]): Promise<void> {
  const keys = Object.keys(await browser.storage.local.get(null));
  const orphans = keys.filter((key) => key.startsWith(PREFIX) && !refs.includes(key.slice(PREFIX.length)));
  if (orphans.length > 0) await browser.storage.local.remove(orphans);
}
