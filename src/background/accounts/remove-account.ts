// Removing: an account with everything stored under it, its history, what no account refers to, and everything.

import type { Result } from '../../commands/problem.ts';
import { accountsAndPendingKey } from '../../domain/accounts/account.ts';
import { accountData } from '../../domain/accounts/state.ts';
import { deleteRecordsExcept, deleteRecordsOf } from '../../storage/records/database.ts';
import { deleteHistory as deleteHistoryRecords } from '../../storage/records/history.ts';
import { openRecords } from '../../storage/records/open-records.ts';
import { deleteAttempt } from '../../storage/session.ts';
import { deleteAccountItems, deleteOrphanItems } from '../../storage/write-state.ts';
import { deleteKeysExcept } from '../../vault/key-store.ts';
import { lockSecret } from '../keys/lock-state.ts';
import { abortPoll } from '../polling/poll.ts';
import { CommandRefused, runChange, toResult } from '../run-change.ts';
import { deleteUnreadableState, getState, update } from '../store.ts';
import type { WorkerMemory } from '../worker-memory.ts';

/**
 * Removes an account: its poll ends and its secret is deleted at once; then it leaves the list, so that it is not polled;
 * then its key is deleted, and everything stored under it.
 */
export function forgetAccount(memory: WorkerMemory, accountId: string): Promise<Result<null>> {
  return runChange(memory, async ({ accounts }, write) => {
    abortPoll(memory, accountId);
    await lockSecret(memory, accountId);
    await write({ accounts: accounts.filter(({ id }) => id !== accountId) });
    await deleteAttempt(accountId);
    await deleteAccountItems(accountId);
    await deleteRecordsOf(accountId);
    await deleteOrphanKeys(memory);
    return null;
  });
}

/** Deletes the history of an account, and the day that the popup shows. The current balance stays. */
export function deleteHistory(memory: WorkerMemory, accountId: string): Promise<Result<null>> {
  return runChange(memory, async (state, write) => {
    await deleteHistoryRecords(await openRecords({ id: accountId }));
    await write({ data: { [accountId]: { ...accountData(state, accountId), day: null } } });
    return null;
  });
}

/** Deletes keys, items and records that no account refers to: what a killed browser left behind. */
export function deleteOrphans(memory: WorkerMemory): Promise<void> {
  return update(memory, async (state) => {
    const ids = state.accounts.map(({ id }) => id);
    await deleteOrphanItems(state);
    await deleteOrphanKeys(memory);
    await deleteRecordsExcept(ids.map((accountId) => ({ accountId, generations: [0] })));
  });
}

/** Deletes the keys that nothing refers to. To be called within a change. @throws what IndexedDB throws */
export async function deleteOrphanKeys(memory: WorkerMemory): Promise<void> {
  const state = await getState(memory);
  if (state.kind === 'unreadable') return;
  await deleteKeysExcept(accountsAndPendingKey(state).map(({ keyRef }) => keyRef));
}

/**
 * Deletes everything, keys included, where the accounts cannot be read.
 * @returns `internal` if they can be read: then each account has its own button; `storage` if the read fails: what is
 * stored may be intact
 */
export function deleteAllData(memory: WorkerMemory): Promise<Result<null>> {
  return toResult(memory, async () => {
    // The keys first: if that fails, what is left still shows that there is something to delete.
    const result = await deleteUnreadableState(memory, async () => {
      await deleteKeysExcept([]);
      await deleteRecordsExcept([]);
    });
    if (result === 'done') return null;
    throw new CommandRefused({ kind: result === 'readable' ? 'internal' : 'storage' });
  });
}
