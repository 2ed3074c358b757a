// Writes to `storage.local`. Used only by background/store.ts and by deletions in background/.

import { browser } from '../browser/browser.ts';
import {
  type Account,
  privatePart,
  recordsGeneration,
  withoutPrivatePart,
} from '../domain/accounts/account.ts';
import type { AccountData } from '../domain/accounts/account-data.ts';
import { DEFAULT_SETTINGS } from '../domain/accounts/settings.ts';
import { isLocked, type ReadyState } from '../domain/accounts/state.ts';
import { AccountLocked } from './records/open-records.ts';
import { type Envelope, type StoredItems, versionOf } from './schemas.ts';
import { sealAccount } from './sealed-account.ts';
import { type RecordsAccess, readSecrets } from './session.ts';
import { itemKey } from './state.ts';

/** The items of one write. All are written, or none. */
export type StateChange = Partial<
  Pick<StoredItems, 'accounts' | 'pending' | 'settings' | 'installation' | 'hosts'>
> & {
  /** Records of accounts, by account id. */
  data?: Record<string, AccountData>;
  /** Secrets that accounts get with this write, by account id. Those of unlocked accounts are in the session. */
  secrets?: Record<string, RecordsAccess>;
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
  const { data = {}, secrets, ...shared } = change;
  const items: Record<string, Envelope> = {};
  const put = (item: keyof StoredItems, value: unknown, accountId?: string) => {
    items[itemKey(item, accountId)] = { v: versionOf(item), data: value };
  };
  const accounts = shared.accounts ?? before.accounts;
  if (shared.accounts) put('accounts', accounts.map(storedAccount));
  if (shared.pending !== undefined) put('pending', shared.pending);
  if (shared.settings) put('settings', shared.settings);
  if (shared.installation) put('installation', shared.installation);
  if (shared.hosts) put('hosts', shared.hosts);
  for (const account of accounts) {
    const { id } = account;
    const record = data[id] ?? before.data[id];
    if (record === undefined || !(data[id] || isPrivatePartChanged(account, before))) continue;
    if (account.protection === 'none') put('account', record, id);
    else put('account', await sealAccount(account, record, await accessTo(account, secrets)), id);
  }
  await browser.storage.local.set(items);
}

/** An account in the list of accounts: without what is encrypted. */
function storedAccount(account: Account): Account {
  return account.protection === 'none' ? account : withoutPrivatePart(account);
}

function isPrivatePartChanged(account: Account, before: ReadyState): boolean {
  const known = before.accounts.find(({ id }) => id === account.id);
  if (known && isLocked(before, known)) return false; // locked since the change began
  return (
    account.protection === 'passphrase' &&
    (!known || JSON.stringify(privatePart(known)) !== JSON.stringify(privatePart(account)))
  );
}

/** @throws AccountLocked */
async function accessTo(account: Account, secrets: StateChange['secrets']): Promise<RecordsAccess> {
  const access = secrets?.[account.id] ?? (await readSecrets())[account.id];
  if (access?.generation !== recordsGeneration(account)) throw new AccountLocked();
  return access;
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
