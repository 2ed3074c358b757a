// What is stored about the accounts, as the background and the pages work with it.

import type { HostChoice } from '../polling/host-choice.ts';
import { type Account, type Environment, type PendingKey, withoutPrivatePart } from './account.ts';
import { type AccountData, NO_DATA } from './account-data.ts';
import type { Installation } from './installation.ts';
import type { Settings } from './settings.ts';

/**
 * The stored state; or `unreadable`, where the list of accounts cannot be read. An unreadable state has no accounts and
 * no settings, so nothing can be written over them by mistake: every write takes a `ReadyState`.
 */
export type State = ReadyState | UnreadableState;

/** Whether the browser last refused to write to `storage.local`, or to the history. */
export interface StorageFailing {
  local: boolean;
  history: boolean;
}

interface AnyState {
  /** The keys of items that cannot be read: damaged, or of a newer version. */
  unreadableItems: readonly string[];
  /** Whether the browser last refused to write. What is stored is correct then, but outdated. */
  storageFailing: StorageFailing;
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
  /** By account id, of accounts that are not locked. Use `accountData`. */
  data: Readonly<Record<string, AccountData>>;
  /** A generated key pair without an API key ID. */
  pending: PendingKey | null;
  /** The defaults, with amounts hidden, where the settings cannot be read: they may have been hidden. */
  settings: Settings;
  /** Whether the settings were read, or there are none yet. Otherwise they must not be overwritten. */
  settingsReadable: boolean;
  /** When the last backup was made, and which update was not seen yet. */
  installation: Installation;
  /** Which host is used in each environment. */
  hosts: HostChoice;
  /** The ids of the accounts that are unlocked. Use `isLocked`. */
  unlocked: readonly string[];
}

/** The record of an account; the empty one if it was never polled. */
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

/** The state without what is encrypted under the passphrases of locked accounts. */
export function withoutLocked(state: ReadyState): ReadyState {
  const locked = state.accounts.filter((account) => isLocked(state, account)).map(({ id }) => id);
  return {
    ...state,
    accounts: state.accounts.map((each) => (locked.includes(each.id) ? withoutPrivatePart(each) : each)),
    data: Object.fromEntries(Object.entries(state.data).filter(([id]) => !locked.includes(id))),
  };
}

/** Kalshi's key IDs of the accounts of an environment, as far as they are unlocked. */
export function connectedKeyIds(
  { accounts }: Pick<ReadyState, 'accounts'>,
  environment: Environment,
): string[] {
  return accounts.filter((each) => each.environment === environment && each.keyId).map(({ keyId }) => keyId);
}
