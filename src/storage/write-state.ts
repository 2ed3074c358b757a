// Writes to `storage.local`. Used only by background/store.ts and by deletions in background/.

import { browser } from '../browser/browser.ts';
import type { AccountData } from '../domain/accounts/account-data.ts';
import { DEFAULT_SETTINGS } from '../domain/accounts/settings.ts';
import type { ReadyState } from '../domain/accounts/state.ts';
import { type Envelope, type StoredItems, versionOf } from './schemas.ts';
import { itemKey } from './state.ts';

/** The items of one write. All are written, or none. */
export type StateChange = Partial<
  Pick<StoredItems, 'accounts' | 'pending' | 'settings' | 'installation' | 'hosts'>
> & {
  /** Records of accounts, by account id. */
  data?: Record<string, AccountData>;
};

/** The stored settings are damaged or of a newer version, and are not overwritten. */
export class SettingsUnreadable extends Error {}

/**
 * Writes a change in one piece.
 * @param before the state that was read: whoever could not read the accounts cannot write them
 * @throws SettingsUnreadable, or what `storage.local.set` throws: no space, or a damaged profile
 */
export async function writeState(before: ReadyState, change: StateChange): Promise<void> {
  if (change.settings && !before.settingsReadable) throw new SettingsUnreadable();
  const { data, ...shared } = change;
  const items: Record<string, Envelope> = {};
  const put = (item: keyof StoredItems, value: unknown, accountId?: string) => {
    items[itemKey(item, accountId)] = { v: versionOf(item), data: value };
  };
  if (shared.accounts) put('accounts', shared.accounts);
  if (shared.pending !== undefined) put('pending', shared.pending);
  if (shared.settings) put('settings', shared.settings);
  if (shared.installation) put('installation', shared.installation);
  if (shared.hosts) put('hosts', shared.hosts);
  for (const [id, record] of Object.entries(data ?? {})) put('account', record, id);
  await browser.storage.local.set(items);
}

/** Replaces settings that cannot be read by the defaults. @returns the state after that */
export async function replaceUnreadableSettings(before: ReadyState): Promise<ReadyState> {
  if (before.settingsReadable) return before;
  await browser.storage.local.set({ settings: { v: versionOf('settings'), data: DEFAULT_SETTINGS } });
  return { ...before, settings: DEFAULT_SETTINGS, settingsReadable: true };
}

/**
 * Deletes the records of all accounts but those of the state.
 * @throws what `storage.local` throws
 */
export async function deleteOrphanItems({ accounts }: ReadyState): Promise<void> {
  const known = accounts.map(({ id }) => itemKey('account', id));
  const keys = Object.keys(await browser.storage.local.get(null));
  const orphans = keys.filter((key) => key.startsWith(itemKey('account', '')) && !known.includes(key));
  if (orphans.length > 0) await browser.storage.local.remove(orphans);
}

export async function deleteAccountItems(accountId: string): Promise<void> {
  await browser.storage.local.remove(itemKey('account', accountId));
}

export async function deleteEverything(): Promise<void> {
  await browser.storage.local.clear();
}
