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
import { lockCount, lockSecret } from '../keys/lock-state.ts';
import { abortPoll } from '../polling/poll.ts';
import {
  CommandRefused,
  refuseIfLockedSince,
  runChange,
  runUnlockedChange,
  toResult,
} from '../run-change.ts';
import { deleteUnreadableState, getState, update } from '../store.ts';
import type { WorkerMemory } from '../worker-memory.ts';

/**
 * Removes an account: its poll ends and its secret is deleted at once; then it leaves the list, so that it is not polled;
 * then its key is deleted, and then everything stored under it.
 * @returns `storage` if it stays in the list; `not-deleted` if it has left it, and something is deleted only by a later start
 * of the browser
 */
export function forgetAccount(memory: WorkerMemory, accountId: string): Promise<Result<null>> {
  abortPoll(memory, accountId);
  const locked = lockSecret(memory, accountId); // at once: it ends a change of the account that is under way
  locked.catch(() => undefined);
  return runChange(memory, async ({ accounts }, write) => {
    abortPoll(memory, accountId);
    await locked;
    await lockSecret(memory, accountId);
    await write({ accounts: accounts.filter(({ id }) => id !== accountId) });
    try {
      await runAll([() => deleteOrphanKeys(memory), () => deleteAccountRecords(accountId)]);
    } catch {
      throw new CommandRefused({ kind: 'not-deleted' });
    }
    return null;
  });
}

/** Runs every step, whether or not those before it fail. @throws the first error, when all have ended */
async function runAll(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw errors[0];
}

/** Deletes everything stored under the id of an account but its key. @throws what the storage throws */
export function deleteAccountRecords(accountId: string): Promise<void> {
  return runAll([
    () => deleteAttempt(accountId),
    () => deleteAccountItems(accountId),
    () => deleteRecordsOf(accountId),
  ]);
}

/** Deletes the history of an account, and the day that the popup shows. The current balance stays. */
export function deleteHistory(memory: WorkerMemory, accountId: string): Promise<Result<null>> {
  return runUnlockedChange(memory, accountId, async (state, write, account) => {
    const locks = lockCount(memory);
    await write({ data: { [accountId]: { ...accountData(state, accountId), day: null } } });
    refuseIfLockedSince(memory, locks, accountId);
    await deleteHistoryRecords(await openRecords(account));
    return null;
  });
}

/** Deletes keys, items and records that no account refers to: what a killed browser left behind. */
export function deleteOrphans(memory: WorkerMemory): Promise<void> {
  return update(memory, async (state) => {
    await runAll([
      () => deleteOrphanKeys(memory),
      () => deleteOrphanItems(state),
      () => deleteRecordsExcept(state.accounts.map(({ id }) => id)),
    ]);
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
    const result = await deleteUnreadableState(memory, () =>
      runAll([() => deleteKeysExcept([]), () => deleteRecordsExcept([])]),
    );
    if (result === 'done') return null;
    throw new CommandRefused({ kind: result === 'readable' ? 'internal' : 'storage' });
  });
}
