// Writing what is stored. For the background alone: one writer, one direction.

import { browser } from './browser.ts';
import { type Envelope, type Stored, versionOf } from './shapes.ts';
import { keyFor } from './state.ts';

/** The items that each account has one of. */
const OF_ACCOUNT = ['snapshot', 'pace', 'log', 'day', 'sums'] as const;
type OfAccount = (typeof OF_ACCOUNT)[number];

/** What one write may hold. All of it is written, or none. */
export type Change = Partial<Pick<Stored, 'accounts' | 'pending' | 'settings'>> & {
  /** What belongs to one account. */
  of?: { id: string } & { [Item in OfAccount]?: Stored[Item] };
};

/**
 * Writes a change in one piece.
 * @returns what was written, by its name
 * @throws what `storage.local.set` throws: no room, or a broken profile
 */
export async function writeState({ of: own, ...shared }: Change): Promise<Record<string, Envelope>> {
  const items: Record<string, Envelope> = {};
  const put = (item: keyof Stored, data: unknown, of?: string) => {
    if (data !== undefined) items[keyFor(item, of)] = { v: versionOf(item), data };
  };
  put('accounts', shared.accounts);
  put('pending', shared.pending);
  put('settings', shared.settings);
  if (own) for (const item of OF_ACCOUNT) put(item, own[item], own.id);
  await browser.storage.local.set(items);
  return items;
}

/** Removes everything stored under an account's id. */
export async function eraseAccount(accountId: string): Promise<void> {
  await browser.storage.local.remove(OF_ACCOUNT.map((item) => keyFor(item, accountId)));
}

/** Removes what is stored under the id of any account but those named. */
export async function keepItemsOf(accountIds: readonly string[]): Promise<void> {
  const names = Object.keys(await browser.storage.local.get(null));
  const strays = names.filter((name) => {
    const [item, of] = name.split('/');
    return of !== undefined && OF_ACCOUNT.includes(item as OfAccount) && !accountIds.includes(of);
  });
  if (strays.length > 0) await browser.storage.local.remove(strays);
}

/** Removes everything in `storage.local`. */
export async function eraseEverything(): Promise<void> {
  await browser.storage.local.clear();
}
