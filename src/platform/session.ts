// What lives in memory only and ends with the browser: the secrets that open wrapped keys (storage.session).

import { browser } from './browser.ts';

const OPEN = 'open';
const wrappedKey = (accountId: string) => `wrapped/${accountId}`;
const secretKey = (accountId: string) => `secret/${accountId}`;

/** The accounts that are unlocked. All that pages may know of this place. */
export async function openAccounts(): Promise<string[]> {
  const { [OPEN]: open } = await browser.storage.session.get(OPEN);
  return Array.isArray(open) ? open.filter((id) => typeof id === 'string') : [];
}

/** The secret of an unlocked account; undefined while it is locked. For the background alone. */
export async function secretOf(accountId: string): Promise<string | undefined> {
  const { [secretKey(accountId)]: secret } = await browser.storage.session.get(secretKey(accountId));
  return typeof secret === 'string' ? secret : undefined;
}

/** Unlocks an account until it is locked or the browser ends. For the background alone. */
export async function keepSecret(accountId: string, secret: string): Promise<void> {
  const open = new Set([...(await openAccounts()), accountId]);
  await browser.storage.session.set({ [secretKey(accountId)]: secret, [OPEN]: [...open] });
}

/** Holds a whole wrapped key, as text, for an account that has no place on disk. For the background alone. */
export async function keepWrapped(accountId: string, text: string): Promise<void> {
  await browser.storage.session.set({ [wrappedKey(accountId)]: text });
}

/** The wrapped key of an account that has no place on disk; undefined after the browser ended. */
export async function wrappedOf(accountId: string): Promise<string | undefined> {
  const { [wrappedKey(accountId)]: text } = await browser.storage.session.get(wrappedKey(accountId));
  return typeof text === 'string' ? text : undefined;
}

/** Locks accounts: their secrets are gone from memory. For the background alone. */
export async function dropSecrets(accountIds: readonly string[]): Promise<void> {
  await browser.storage.session.remove(accountIds.flatMap((id) => [secretKey(id), wrappedKey(id)]));
  const open = (await openAccounts()).filter((id) => !accountIds.includes(id));
  await browser.storage.session.set({ [OPEN]: open });
}
