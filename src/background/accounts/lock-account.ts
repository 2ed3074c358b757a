// Locking and unlocking accounts with a passphrase. They are locked unless someone has unlocked them: nothing has to run
// for that when the browser starts.

import type { Result } from '../../commands/problem.ts';
import { accountsAndPendingKey } from '../../domain/accounts/account.ts';
import { openWrapped } from '../../vault/key-store.ts';
import { clearNotifications } from '../alerts/deliver-alerts.ts';
import { lockAllSecrets, lockCount, lockSecret, unlockSecret } from '../keys/lock-state.ts';
import { reencryptRecords } from '../keys/reencrypt-records.ts';
import { abortAllPolls, abortPoll, poll } from '../polling/poll.ts';
import { getReadyState } from '../store.ts';
import { renderToolbar } from '../toolbar.ts';
import type { WorkerMemory } from '../worker-memory.ts';

/** Locks an account: its poll ends, its secret is deleted, its amounts disappear. Reads nothing that is stored. */
export async function lockAccount(memory: WorkerMemory, accountId: string): Promise<Result<null>> {
  abortPoll(memory, accountId);
  try {
    await lockSecret(memory, accountId);
    return { ok: true, value: null };
  } catch {
    return { ok: false, problem: { kind: 'storage' } };
  } finally {
    await renderLocked(memory);
  }
}

/** Locks every account with a passphrase, and the pending key. Reads nothing that is stored. */
export async function lockAllAccounts(memory: WorkerMemory): Promise<void> {
  abortAllPolls(memory);
  await lockAllSecrets(memory).finally(() => renderLocked(memory));
}

/** Neither a toolbar nor a notification that fails keeps anything unlocked. */
async function renderLocked(memory: WorkerMemory): Promise<void> {
  await renderToolbar(memory).catch(() => undefined);
  await clearNotifications(memory).catch(() => undefined);
}

/**
 * Unlocks an account.
 * @returns `passphrase-wrong` for a wrong passphrase, changed bytes and another account's key alike; `interrupted` if it
 * was locked or forgotten meanwhile
 */
export async function unlockAccount(
  memory: WorkerMemory,
  accountId: string,
  passphrase: string,
): Promise<Result<null>> {
  const locksBefore = lockCount(memory);
  const state = await getReadyState(memory);
  try {
    const account = accountsAndPendingKey(state).find(({ id }) => id === accountId);
    const opened = account && (await openWrapped(account.keyRef, account, passphrase));
    if (!opened) return { ok: false, problem: { kind: 'passphrase-wrong' } };
    if (!(await unlockSecret(memory, account, opened.secret, locksBefore))) {
      return { ok: false, problem: { kind: 'interrupted' } };
    }
  } catch {
    return { ok: false, problem: { kind: 'storage' } };
  }
  await renderToolbar(memory);
  await poll(memory, accountId, 'manual');
  void reencryptRecords(memory);
  return { ok: true, value: null };
}
