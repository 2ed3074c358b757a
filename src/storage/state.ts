// What is stored in `storage.local` and `storage.session`, read and decoded in one go. The pages read it for themselves;
// the background reads it once (background/store.ts).

import { browser } from '../browser/browser.ts';
import type { Account, PendingKey } from '../domain/accounts/account.ts';
import { type AccountData, NO_DATA } from '../domain/accounts/account-data.ts';
import { type Installation, NEW_INSTALLATION } from '../domain/accounts/installation.ts';
import { DEFAULT_SETTINGS, type Settings } from '../domain/accounts/settings.ts';
import { decodeItem, decodeLegacyItems, type StoredItems } from './schemas.ts';
import { isRelevantToPages, readSession, type Session } from './session.ts';
import { withTimeout } from './timeout.ts';

/** How long a read may take before it counts as failed. Milliseconds. */
const READ_LIMIT_MS = 5_000;

/** The key of an item in `storage.local`. */
export function itemKey(item: keyof StoredItems, accountId?: string): string {
  return accountId === undefined ? item : `${item}/${accountId}`;
}

/**
 * The stored state; or `unreadable`, where the list of accounts cannot be read. An unreadable state has no accounts and
 * no settings, so nothing can be written over them by mistake: every write takes a `ReadyState` (write-state.ts).
 */
export type State = ReadyState | UnreadableState;

interface AnyState {
  /** The keys of items that cannot be read: damaged, or of a newer version. */
  unreadableItems: readonly string[];
  /** Whether the browser last refused to write. What is stored is correct then, but outdated. */
  storageFailing: Session['failing'];
}

/** The read failed, or the list of accounts or the pending key is damaged or of a newer version. */
export interface UnreadableState extends AnyState {
  kind: 'unreadable';
  /** Whether the read itself failed: it may succeed the next time, so nothing may be deleted for it. */
  readFailed: boolean;
}

export interface ReadyState extends AnyState {
  kind: 'ready';
  accounts: readonly Account[];
  /** By account id. Use `accountData`. */
  data: Readonly<Record<string, AccountData>>;
  /** A generated key pair without an API key ID. */
  pending: PendingKey | null;
  /** The defaults, with amounts hidden, where the settings cannot be read: they may have been hidden. */
  settings: Settings;
  /** Whether the settings were read, or there are none yet. Otherwise they must not be overwritten. */
  settingsReadable: boolean;
  /** When the last backup was made, and which update was not seen yet. */
  installation: Installation;
  /** The ids of the accounts that are unlocked. Use `isLocked`. */
  unlocked: readonly string[];
}

/** What is known about an account. */
export function accountData({ data }: Pick<ReadyState, 'data'>, accountId: string): AccountData {
  return data[accountId] ?? NO_DATA;
}

/** Whether an account needs its passphrase: no request is sent for it and no amount of it is shown. */
export function isLocked(
  { unlocked }: Pick<ReadyState, 'unlocked'>,
  { id, protection }: Pick<Account, 'id' | 'protection'>,
): boolean {
  return protection === 'passphrase' && !unlocked.includes(id);
}

/** Reads everything. Never throws: if `storage.local` cannot be read in time, the state is `unreadable`. */
export async function readState(): Promise<State> {
  const [stored, session] = await Promise.all([
    withTimeout(READ_LIMIT_MS, browser.storage.local.get(null)).catch(() => undefined),
    readSession(),
  ]);
  if (stored) return decodeState(stored, session);
  const storageFailing = session.failing;
  return { kind: 'unreadable', readFailed: true, unreadableItems: ['accounts'], storageFailing };
}

function decodeState(stored: Record<string, unknown>, { unlocked, failing }: Session): State {
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
  const data = Object.fromEntries(
    accounts.map(({ id }) => [
      id,
      stored[itemKey('account', id)] === undefined
        ? decodeLegacyItems((item) => stored[`${item}/${id}`])
        : (decode('account', id) ?? NO_DATA),
    ]),
  );
  return {
    kind: 'ready',
    accounts,
    data,
    pending,
    settings: settings ?? { ...DEFAULT_SETTINGS, ...(!settingsReadable && { hideAmounts: true }) },
    settingsReadable,
    installation: decode('installation') ?? NEW_INSTALLATION,
    unlocked,
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
