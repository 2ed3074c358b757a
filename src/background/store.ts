// The state in the background's memory: loaded once per worker lifetime, changed one change at a time, and written before
// it is visible. Every listener awaits `getState`. A Web Lock that is held for the worker's lifetime guarantees that there
// is only one background, so the state in memory is never outdated.

import { holdLockForLifetime } from '../browser/locks.ts';
import type { Account } from '../domain/accounts/account.ts';
import type { AccountData } from '../domain/accounts/account-data.ts';
import {
  accountData,
  isLocked,
  type ReadyState,
  type State,
  type StorageFailing,
} from '../domain/accounts/state.ts';
import { clearSession, writeFailing } from '../storage/session.ts';
import { readState } from '../storage/state.ts';
import {
  deleteEverything,
  replaceUnreadableSettings,
  type StateChange,
  writeState,
} from '../storage/write-state.ts';
import { Mutex } from './mutex.ts';

const LOCK = 'background';

/** Undefined until a read has succeeded. */
let ready: ReadyState | undefined;
let loading: Promise<State> | undefined;
let lock: Promise<void> | undefined;
const changes = new Mutex();
/** How often the unlocked accounts have changed in this lifetime. */
let unlockedChanges = 0;

/** The state now. Reads it unless a read has succeeded before. */
export async function getState(): Promise<State> {
  if (ready) return ready;
  loading ??= load().finally(() => {
    loading = undefined;
  });
  return loading;
}

async function load(): Promise<State> {
  lock ??= holdLockForLifetime(LOCK);
  await lock;
  let read: State;
  let before: number;
  do {
    before = unlockedChanges;
    read = await readState();
  } while (unlockedChanges !== before); // an account was locked during the read
  if (read.kind === 'ready') ready = read;
  return read;
}

/** The accounts cannot be read, so nothing can be changed. */
export class StateUnreadable extends Error {}

/** What a change may do: write, as often as it needs to. @returns the state after the write */
export type Write = (change: StateChange) => Promise<ReadyState>;

/**
 * Runs a change when every change before it has ended. Nobody sees what it writes before it is stored.
 * @throws StateUnreadable before `work` is called, or what `work` or the write throws
 */
export function update<T>(work: (state: ReadyState, write: Write) => Promise<T>): Promise<T> {
  return changes.run(async () => {
    const before = await getReadyState();
    return work(before, async (change) => {
      const current = await getReadyState();
      await writeState(current, change);
      // What was set in memory while the write was under way (unlocked accounts) stays.
      return set((now) => ({ ...now, ...applied(now, change) }));
    });
  });
}

/** The state now. @throws StateUnreadable */
export async function getReadyState(): Promise<ReadyState> {
  const current = await getState();
  if (current.kind === 'unreadable') throw new StateUnreadable();
  return current;
}

function applied(now: ReadyState, { data, ...shared }: StateChange): Partial<ReadyState> {
  return { ...shared, ...(data && { data: { ...now.data, ...data } }) };
}

function set(change: (now: ReadyState) => ReadyState): ReadyState {
  if (!ready) throw new StateUnreadable();
  ready = change(ready);
  return ready;
}

/** Which account a change is for, as it was when the work began that led to the change. */
export type AccountIdentity = Pick<Account, 'id' | 'keyRef'>;

/**
 * Updates the record of an account, unless the account was deleted, locked or given another key since the work began.
 * @param aborted aborted if the account was locked or deleted meanwhile
 * @returns the state after the change; undefined if nothing was written
 * @throws what the write throws
 */
export function updateAccountData(
  account: AccountIdentity,
  aborted: AbortSignal | null,
  change: (data: AccountData, state: ReadyState) => Partial<AccountData> | Promise<Partial<AccountData>>,
): Promise<ReadyState | undefined> {
  return whileAccountIsCurrent(account, aborted, async (before, write) => {
    const data = accountData(before, account.id);
    const changed = { ...data, ...(await change(data, before)) };
    return aborted?.aborted ? undefined : write({ data: { [account.id]: changed } });
  });
}

/** Updates the account itself, under the same conditions. */
export function updateAccount(
  account: AccountIdentity,
  aborted: AbortSignal | null,
  change: (account: Account, all: readonly Account[]) => Account,
): Promise<ReadyState | undefined> {
  return whileAccountIsCurrent(account, aborted, ({ accounts }, write) =>
    write({ accounts: accounts.map((each) => (each.id === account.id ? change(each, accounts) : each)) }),
  );
}

/** Runs a change under the same conditions. @returns undefined if it was not run */
export function whileAccountIsCurrent<T>(
  { id, keyRef }: AccountIdentity,
  aborted: AbortSignal | null,
  work: (state: ReadyState, write: Write) => Promise<T>,
): Promise<T | undefined> {
  return update(async (before, write) => {
    const account = before.accounts.find((each) => each.id === id);
    if (account?.keyRef !== keyRef || isLocked(before, account) || aborted?.aborted) return undefined;
    return work(before, write);
  }).catch((error) => {
    if (error instanceof StateUnreadable) return undefined;
    throw error;
  });
}

/** Records which accounts are unlocked. Takes effect at once. For lock-state.ts. */
export function setUnlocked(change: (unlocked: readonly string[]) => readonly string[]): void {
  unlockedChanges++;
  if (ready) ready = { ...ready, unlocked: change(ready.unlocked) };
}

/** Records whether the browser refuses to write: in memory, and in the session for the pages. */
export async function setStorageFailing(what: keyof StorageFailing, failing: boolean): Promise<void> {
  if (!ready || ready.storageFailing[what] === failing) return;
  const storageFailing = { ...ready.storageFailing, [what]: failing };
  ready = { ...ready, storageFailing };
  await writeFailing(storageFailing);
}

/** Replaces settings that cannot be read by the defaults. @throws StateUnreadable, or what the write throws */
export function resetUnreadableSettings(): Promise<void> {
  return changes.run(async () => {
    const before = await getReadyState();
    const { settings, settingsReadable } = await replaceUnreadableSettings(before);
    set((now) => ({ ...now, settings, settingsReadable }));
  });
}

/**
 * Deletes everything that is stored in `storage.local` and `storage.session`, where the accounts cannot be read.
 * @param first is run before, in the same change
 * @returns false if the accounts can be read, or the read failed: nothing is deleted then
 * @throws what `first` or the storage throws
 */
export function deleteUnreadableState(
  first: () => Promise<void>,
): Promise<'done' | 'readable' | 'read-failed'> {
  return changes.run(async () => {
    const before = await getState();
    if (before.kind === 'ready') return 'readable';
    if (before.readFailed) return 'read-failed';
    await first();
    await clearSession();
    await deleteEverything();
    return 'done';
  });
}
