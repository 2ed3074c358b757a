// What is stored in `storage.local` and `storage.session`, read and decoded in one go. The pages read it for themselves;
// the background reads it once (background/store.ts).

import * as v from 'valibot';
import { browser } from '../browser/browser.ts';
import { type Account, recordsGeneration } from '../domain/accounts/account.ts';
import { type AccountData, NO_DATA } from '../domain/accounts/account-data.ts';
import { NEW_INSTALLATION } from '../domain/accounts/installation.ts';
import { DEFAULT_SETTINGS } from '../domain/accounts/settings.ts';
import type { State } from '../domain/accounts/state.ts';
import { decodeItem, type StoredItems } from './schemas.ts';
import { unsealAccount } from './sealed-account.ts';
import { isRelevantToPages, readSession, type Session } from './session.ts';
import { withTimeout } from './timeout.ts';

/** A read that takes longer counts as failed. */
const READ_LIMIT_MS = 5_000;

export function itemKey(item: keyof StoredItems, accountId?: string): string {
  return accountId === undefined ? item : `${item}/${accountId}`;
}

/** Reads everything. Never throws: if `storage.local` cannot be read in time, the state is `unreadable`. */
export async function readState(): Promise<State> {
  const [stored, session] = await Promise.all([
    withTimeout(READ_LIMIT_MS, browser.storage.local.get(null)).catch(() => undefined),
    readSession(),
  ]);
  if (stored) return await decodeState(stored, session);
  const storageFailing = session.failing;
  return { kind: 'unreadable', readFailed: true, unreadableItems: ['accounts'], storageFailing };
}

/** The item of a protected account: its version, and its encrypted content. */
const sealedSchema = v.object({ v: v.number(), data: v.string() });

async function decodeState(stored: Record<string, unknown>, { unlocked, failing }: Session): Promise<State> {
  const unreadableItems: string[] = [];
  const decode = <Item extends keyof StoredItems>(item: Item, accountId?: string) => {
    const key = itemKey(item, accountId);
    if (stored[key] === undefined) return undefined;
    const decoded = decodeItem(item, stored[key]);
    if (decoded === undefined) unreadableItems.push(key);
    return decoded;
  };
  const accounts = decode('accounts') ?? [];
  const pending = decode('pending') ?? null;
  const any = { unreadableItems, storageFailing: failing };
  if (unreadableItems.length > 0) return { kind: 'unreadable', readFailed: false, ...any };
  const settings = decode('settings');
  const settingsReadable = unreadableItems.length === 0;
  const data: Record<string, AccountData> = {};
  const opened: Account[] = [];
  const unlockedIds = pending && unlocked[pending.id] ? [pending.id] : [];
  for (const account of accounts) {
    const { id, protection } = account;
    const access = unlocked[id];
    opened.push(account);
    if (protection === 'none') data[id] = decode('account', id) ?? NO_DATA;
    else if (access?.generation === recordsGeneration(account)) {
      const item = v.safeParse(sealedSchema, stored[itemKey('account', id)]);
      const found = item.success && (await unsealAccount(account, item.output.data, access));
      const decoded = item.success && found && decodeItem('account', { v: item.output.v, data: found.data });
      if (!decoded) unreadableItems.push(itemKey('account', id));
      if (found) opened.splice(-1, 1, { ...account, ...found.private });
      data[id] = decoded || NO_DATA;
      unlockedIds.push(id);
    }
  }
  return {
    kind: 'ready',
    accounts: opened,
    data,
    pending,
    settings: settings ?? { ...DEFAULT_SETTINGS, ...(!settingsReadable && { hideAmounts: true }) },
    settingsReadable,
    installation: decode('installation') ?? NEW_INSTALLATION,
    hosts: decode('hosts') ?? {},
    unlocked: unlockedIds,
    ...any,
  };
}

/**
 * Calls back whenever something stored has changed that pages show.
 * @returns how to stop
 */
export function watchState(changed: () => void): () => void {
  const listener = (changes: Record<string, unknown>, area: string) => {
    if (area === 'local' || (area === 'session' && isRelevantToPages(changes))) changed();
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}
