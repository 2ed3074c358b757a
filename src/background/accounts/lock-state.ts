// Who is unlocked: the one place that changes it. A lock takes effect at once and wins over everything that was under
// way when it happened: an unlock, a save or a poll that began before it ends without effect.

import { readSecrets, removeSecrets, writeSecrets } from '../../storage/session.ts';

/** Counts locks. Whatever takes time notes the count when it begins, and asks later whether a lock has come since. */
export type LockCount = number;

let count: LockCount = 0;
let allLockedAt: LockCount = 0;
const lockedAt = new Map<string, LockCount>();

/** How many locks there have been in this lifetime of the background. */
export function lockCount(): LockCount {
  return count;
}

/** Whether an account was locked or forgotten, by itself or with all others, since `before`. */
export function lockedSince(before: LockCount, accountId: string): boolean {
  return allLockedAt > before || (lockedAt.get(accountId) ?? 0) > before;
}

/** One change of the secrets at a time: each reads what is there and writes it whole. */
let changing: Promise<unknown> = Promise.resolve();

function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const done = changing.then(work, work);
  changing = done.catch(() => undefined);
  return done;
}

/**
 * Locks an account: its secret is gone, and with it the amount that the popup would draw first.
 * @returns the count of locks with this one; what comes after it is later
 * @throws what `storage.session` throws
 */
export async function lockSecret(accountId: string): Promise<LockCount> {
  const mine = ++count;
  lockedAt.set(accountId, mine);
  await oneAtATime(async () => {
    const before = count;
    try {
      const { [accountId]: _, ...others } = await readSecrets();
      if (allLockedAt > before) return; // nothing is left, and nothing may be written back
      await writeSecrets(others, true);
    } catch {
      await removeSecrets(); // rather too many than not this one
    }
  });
  count++; // what was read while the removal was under way is not of now either
  return mine;
}

/** Locks all accounts with one removal that waits for nothing and reads nothing. @throws what `storage.session` throws */
export async function lockAllSecrets(): Promise<void> {
  allLockedAt = ++count;
  await removeSecrets();
  count++;
}

/**
 * Unlocks an account until it is locked or the browser ends.
 * @param before the count of locks when the work began that led to this
 * @returns false if the account was locked or forgotten since: it stays locked
 * @throws what `storage.session` throws
 */
export function unlockSecret(accountId: string, secret: string, before: LockCount): Promise<boolean> {
  return oneAtATime(async () => {
    const others = await readSecrets();
    // Nothing is awaited between this question and the write: a lock that comes later also writes later.
    if (lockedSince(before, accountId)) return false;
    await writeSecrets({ ...others, [accountId]: secret }, false);
    // A browser that does not keep the order of the two writes must not leave it unlocked.
    if (allLockedAt > before) await removeSecrets();
    return !lockedSince(before, accountId);
  });
}
