// Which accounts are unlocked: the one place that changes it. A lock takes effect at once and wins over everything that
// was under way when it happened: an unlock, a save or a poll that began before it ends without effect.

import { deleteSecrets, readSecrets, writeSecrets } from '../../storage/session.ts';
import { Mutex } from '../mutex.ts';
import { setUnlocked } from '../store.ts';

/** Counts locks. Work that takes time notes the count when it begins, and later checks whether a lock has come since. */
export type LockCount = number;

let count: LockCount = 0;
let allLockedAt: LockCount = 0;
const lockedAt = new Map<string, LockCount>();
/** Each change of the secrets reads them and writes them whole. */
const secretChanges = new Mutex();

/** How many locks there have been in this lifetime of the background. */
export function lockCount(): LockCount {
  return count;
}

/** Whether an account was locked or forgotten, alone or with all others, since `before`. */
export function lockedSince(before: LockCount, accountId: string): boolean {
  return allLockedAt > before || (lockedAt.get(accountId) ?? 0) > before;
}

/**
 * Locks an account: deletes its secret, and with it the popup preview.
 * @returns the count of locks including this one
 * @throws what `storage.session` throws
 */
export async function lockSecret(accountId: string): Promise<LockCount> {
  const mine = ++count;
  lockedAt.set(accountId, mine);
  setUnlocked((unlocked) => unlocked.filter((id) => id !== accountId));
  await secretChanges.run(async () => {
    const before = count;
    try {
      const { [accountId]: _, ...others } = await readSecrets();
      if (allLockedAt > before) return; // all were locked meanwhile: nothing may be written back
      await writeSecrets(others, true);
    } catch {
      setUnlocked(() => []);
      await deleteSecrets(); // better too many than not this one
    }
  });
  return mine;
}

/** Locks all accounts with one removal that waits for nothing and reads nothing. @throws what `storage.session` throws */
export async function lockAllSecrets(): Promise<void> {
  allLockedAt = ++count;
  setUnlocked(() => []);
  await deleteSecrets();
}

/**
 * Unlocks an account until it is locked or the browser closes.
 * @param before the count of locks when the work began that led to this
 * @returns false if the account was locked or forgotten since: it stays locked
 * @throws what `storage.session` throws
 */
export function unlockSecret(accountId: string, secret: string, before: LockCount): Promise<boolean> {
  return secretChanges.run(async () => {
    const others = await readSecrets();
    // Nothing is awaited between this check and the write: a lock that comes later also writes later.
    if (lockedSince(before, accountId)) return false;
    await writeSecrets({ ...others, [accountId]: secret }, false);
    // In case the browser does not keep the order of the two writes.
    if (allLockedAt > before) await deleteSecrets();
    if (lockedSince(before, accountId)) return false;
    setUnlocked((unlocked) => [...unlocked.filter((id) => id !== accountId), accountId]);
    return true;
  });
}
