// The state in the worker's memory: loaded once per worker lifetime, changed one change at a time, and written before
// it is visible. Every listener awaits `getState`. A Web Lock that is held for the worker's lifetime guarantees that there
// is only one background, so the state in memory is never outdated.

import { holdLockForLifetime } from '../browser/locks.ts';
import { type Account, privatePart } from '../domain/accounts/account.ts';
import type { AccountData } from '../domain/accounts/account-data.ts';
import {
  accountData,
  isLocked,
  type ReadyState,
  type State,
  type StorageFailing,
  withoutLocked,
} from '../domain/accounts/state.ts';
import { AccountLocked } from '../storage/records/open-records.ts';
import { clearSession, writeFailing } from '../storage/session.ts';
import { readState } from '../storage/state.ts';
import {
  deleteEverything,
  replaceUnreadableSettings,
  type StateChange,
  writeState,
} from '../storage/write-state.ts';
import type { WorkerMemory } from './worker-memory.ts';

const LOCK = 'background';

/** The state now. Reads it unless a read has succeeded before. */
export async function getState(memory: WorkerMemory): Promise<State> {
  const { store } = memory;
  if (store.ready) return store.ready;
  store.loading ??= load(memory).finally(() => {
    store.loading = undefined;
  });
  return store.loading;
}

async function load(memory: WorkerMemory): Promise<State> {
  const { store } = memory;
  store.lock ??= holdLockForLifetime(LOCK);
  await store.lock;
  let read: State;
  let before: number;
  do {
    before = store.unlockedChanges;
    read = await readState();
  } while (store.unlockedChanges !== before); // an account was locked during the read
  if (read.kind === 'ready') store.ready = read;
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
export function update<T>(
  memory: WorkerMemory,
  work: (state: ReadyState, write: Write) => Promise<T>,
): Promise<T> {
  return memory.store.changes.run(async () => {
    const before = await getReadyState(memory);
    return work(before, async (change) => {
      const current = await getReadyState(memory);
      await writeState(current, change);
      // What was set in memory while the write was under way (unlocked accounts) stays.
      return set(memory, (now) => ({ ...now, ...applied(now, change) }));
    });
  });
}

/** The state now, without a wait; undefined before the first read has succeeded. */
export function currentState({ store }: WorkerMemory): ReadyState | undefined {
  return store.ready;
}

/** The state now. @throws StateUnreadable */
export async function getReadyState(memory: WorkerMemory): Promise<ReadyState> {
  const current = await getState(memory);
  if (current.kind === 'unreadable') throw new StateUnreadable();
  return current;
}

function applied(now: ReadyState, { data, secrets: _, ...shared }: StateChange): Partial<ReadyState> {
  return { ...shared, ...(data && { data: { ...now.data, ...data } }) };
}

function set(memory: WorkerMemory, change: (now: ReadyState) => ReadyState): ReadyState {
  const { store } = memory;
  if (!store.ready) throw new StateUnreadable();
  store.ready = withoutLocked(change(store.ready));
  return store.ready;
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
  memory: WorkerMemory,
  account: AccountIdentity,
  aborted: AbortSignal | null,
  change: (data: AccountData, state: ReadyState) => Partial<AccountData> | Promise<Partial<AccountData>>,
): Promise<ReadyState | undefined> {
  return whileAccountIsCurrent(memory, account, aborted, async (before, write) => {
    const data = accountData(before, account.id);
    const changed = { ...data, ...(await change(data, before)) };
    return aborted?.aborted ? undefined : write({ data: { [account.id]: changed } });
  });
}

/** Updates the account itself, under the same conditions. */
export function updateAccount(
  memory: WorkerMemory,
  account: AccountIdentity,
  aborted: AbortSignal | null,
  change: (account: Account, all: readonly Account[]) => Account,
): Promise<ReadyState | undefined> {
  return whileAccountIsCurrent(memory, account, aborted, ({ accounts }, write) =>
    write({ accounts: accounts.map((each) => (each.id === account.id ? change(each, accounts) : each)) }),
  );
}

/** Runs a change under the same conditions. @returns undefined if it was not run */
export function whileAccountIsCurrent<T>(
  memory: WorkerMemory,
  { id, keyRef }: AccountIdentity,
  aborted: AbortSignal | null,
  work: (state: ReadyState, write: Write) => Promise<T>,
): Promise<T | undefined> {
  return update(memory, async (before, write) => {
    const account = before.accounts.find((each) => each.id === id);
    if (account?.keyRef !== keyRef || isLocked(before, account) || aborted?.aborted) return undefined;
    return work(before, write);
  }).catch((error) => {
    if (error instanceof StateUnreadable || error instanceof AccountLocked) return undefined;
    throw error;
  });
}

/** Changes which accounts are unlocked; of others, what is encrypted is dropped. Takes effect at once. For lock-state.ts. */
export function setUnlocked(
  memory: WorkerMemory,
  change: (unlocked: readonly string[]) => readonly string[],
): void {
  const { store } = memory;
  store.unlockedChanges++;
  if (store.ready) store.ready = withoutLocked({ ...store.ready, unlocked: change(store.ready.unlocked) });
}

/** Adds an account to the unlocked ones, with what was read with its secret. Takes effect at once. For lock-state.ts. */
export function addUnlocked({ store }: WorkerMemory, accountId: string, read: State): void {
  store.unlockedChanges++;
  const { ready } = store;
  if (!ready || read.kind !== 'ready') return;
  const found = read.accounts.find(({ id }) => id === accountId);
  const data = read.data[accountId];
  store.ready = {
    ...ready,
    unlocked: [...ready.unlocked.filter((id) => id !== accountId), accountId],
    accounts: ready.accounts.map((each) =>
      found && each.id === accountId ? { ...each, ...privatePart(found) } : each,
    ),
    data: { ...ready.data, ...(data && { [accountId]: data }) },
  };
}

/** Records whether the browser refuses to write: in memory, and in the session for the pages. */
export async function setStorageFailing(
  memory: WorkerMemory,
  what: keyof StorageFailing,
  failing: boolean,
): Promise<void> {
  const { store } = memory;
  if (!store.ready || store.ready.storageFailing[what] === failing) return;
  const storageFailing = { ...store.ready.storageFailing, [what]: failing };
  store.ready = { ...store.ready, storageFailing };
  await writeFailing(storageFailing);
}

/** Replaces settings that cannot be read by the defaults. @throws StateUnreadable, or what the write throws */
export function resetUnreadableSettings(memory: WorkerMemory): Promise<void> {
  return memory.store.changes.run(async () => {
    const before = await getReadyState(memory);
    const { settings, settingsReadable } = await replaceUnreadableSettings(before);
    set(memory, (now) => ({ ...now, settings, settingsReadable }));
  });
}

/**
 * Deletes everything that is stored in `storage.local` and `storage.session`, where the accounts cannot be read.
 * @param first is run before, in the same change
 * @returns false if the accounts can be read, or the read failed: nothing is deleted then
 * @throws what `first` or the storage throws
 */
export function deleteUnreadableState(
  memory: WorkerMemory,
  first: () => Promise<void>,
): Promise<'done' | 'readable' | 'read-failed'> {
  return memory.store.changes.run(async () => {
    const before = await getState(memory);
    if (before.kind === 'ready') return 'readable';
    if (before.readFailed) return 'read-failed';
    await first();
    await clearSession();
    await deleteEverything();
    return 'done';
  });
}
