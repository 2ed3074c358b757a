// Which accounts are unlocked: the one place that changes it. A lock takes effect at once and wins over everything that
// was under way when it happened: an unlock, a save or a poll that began before it ends without effect.

import { type Account, recordsGeneration } from '../../domain/accounts/account.ts';
import { deleteSecrets, readSecrets, writeSecrets } from '../../storage/session.ts';
import { readState } from '../../storage/state.ts';
import type { Secret } from '../../vault/passphrase-encryption.ts';
import { addUnlocked, setUnlocked } from '../store.ts';
import type { LockCount, WorkerMemory } from '../worker-memory.ts';

/** How many locks there have been in this lifetime of the background. */
export function lockCount(memory: WorkerMemory): LockCount {
  return memory.locks.count;
}

/** Whether an account was locked or forgotten, alone or with all others, since `before`. */
export function lockedSince(memory: WorkerMemory, before: LockCount, accountId: string): boolean {
  const { allLockedAt, lockedAt } = memory.locks;
  return allLockedAt > before || (lockedAt.get(accountId) ?? 0) > before;
}

/**
 * Locks an account: deletes its secret, and with it the popup preview.
 * @returns the count of locks including this one
 * @throws what `storage.session` throws
 */
export async function lockSecret(memory: WorkerMemory, accountId: string): Promise<LockCount> {
  const { locks } = memory;
  const mine = ++locks.count;
  locks.lockedAt.set(accountId, mine);
  setUnlocked(memory, (unlocked) => unlocked.filter((id) => id !== accountId));
  await locks.secretChanges.run(async () => {
    const before = locks.count;
    try {
      const { [accountId]: _, ...others } = await readSecrets();
      if (locks.allLockedAt > before) return; // all were locked meanwhile: nothing may be written back
      await writeSecrets(others, true);
    } catch {
      setUnlocked(memory, () => []);
      await deleteSecrets(); // if reading fails, lock all accounts rather than none
    }
  });
  return mine;
}

/** Locks all accounts with one removal that waits for nothing and reads nothing. @throws what `storage.session` throws */
export async function lockAllSecrets(memory: WorkerMemory): Promise<void> {
  memory.locks.allLockedAt = ++memory.locks.count;
  setUnlocked(memory, () => []);
  await deleteSecrets();
}

/**
 * Unlocks an account until it is locked or the browser closes.
 * @param before the count of locks when the work began that led to this
 * @returns false if the account was locked or forgotten since: it stays locked
 * @throws what `storage.session` throws
 */
export function unlockSecret(
  memory: WorkerMemory,
  account: Pick<Account, 'id' | 'records'>,
  secret: Secret,
  before: LockCount,
): Promise<boolean> {
  const { locks } = memory;
  const accountId = account.id;
  const generation = recordsGeneration(account);
  return locks.secretChanges.run(async () => {
    const others = await readSecrets();
    // Nothing is awaited between this check and the write: a lock that comes later also writes later.
    if (lockedSince(memory, before, accountId)) return false;
    await writeSecrets({ ...others, [accountId]: { ...secret, generation } }, false);
    // In case the browser does not keep the order of the two writes.
    if (locks.allLockedAt > before) await deleteSecrets();
    const read = await readState();
    if (lockedSince(memory, before, accountId)) return false;
    addUnlocked(memory, accountId, read);
    return true;
  });
}
