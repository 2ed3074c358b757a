// Writing what is stored. For the background alone: one writer, one direction.

import { browser } from '../platform/browser.ts';
import { DEFAULT_SETTINGS } from '../portfolio/settings.ts';
import { type Envelope, type Stored, versionOf } from './schemas.ts';
import { keyFor, type ReadyState } from './state.ts';

/** The items that each account has one of. */
const OF_ACCOUNT = ['snapshot', 'pace', 'log', 'day', 'sums'] as const;
type OfAccount = (typeof OF_ACCOUNT)[number];

/** What one write may hold. All of it is written, or none. */
export type Change = Partial<Pick<Stored, 'accounts' | 'pending' | 'settings'>> & {
  /** What belongs to one account. */
  of?: { id: string } & { [Item in OfAccount]?: Stored[Item] };
};

/** The settings are there and cannot be read: of a newer version, or damaged. They are not written over. */
export class SettingsUnreadable extends Error {}

/**
 * Writes a change in one piece.
 * @param before what was read before: only who has read the accounts can write
 * @returns what was written, by its name
 * @throws SettingsUnreadable, or what `storage.local.set` throws: no room, or a broken profile
 */
export async function writeState(
  before: ReadyState,
  { of: own, ...shared }: Change,
): Promise<Record<string, Envelope>> {
  if (shared.settings && !before.settingsReadable) throw new SettingsUnreadable();
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
export async function deleteAccountItems(accountId: string): Promise<void> {
  await browser.storage.local.remove(OF_ACCOUNT.map((item) => keyFor(item, accountId)));
}

/** Puts the default settings in the place of settings that cannot be read. */
export async function replaceUnreadableSettings(before: ReadyState): Promise<void> {
  if (before.settingsReadable) return;
  await browser.storage.local.set({ settings: { v: versionOf('settings'), data: DEFAULT_SETTINGS } });
}

/** Removes what is stored under the id of any account but those of `before`. */
export async function deleteItemsExcept({ accounts }: ReadyState): Promise<void> {
  const accountIds = accounts.map(({ id }) => id);
  const names = Object.keys(await browser.storage.local.get(null));
  const strays = names.filter((name) => {
    const [item, of] = name.split('/');
    return of !== undefined && OF_ACCOUNT.includes(item as OfAccount) && !accountIds.includes(of);
  });
  if (strays.length > 0) await browser.storage.local.remove(strays);
}

/** Removes everything in `storage.local`. */
export async function deleteEverything(): Promise<void> {
  await browser.storage.local.clear();
}
