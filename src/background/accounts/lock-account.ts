// Locking and unlocking protected accounts. Locked is what they are when nobody has unlocked them: nothing has to run
// for that at browser start.

import type { Result } from '../../platform/messages.ts';
import { accountsAndPendingKey } from '../../portfolio/account.ts';
import { readState } from '../../storage/state.ts';
import { openWrapped } from '../../vault/key-store.ts';
import { abortAllPolls, abortPoll, poll } from '../polling/poll.ts';
import { paint } from '../toolbar.ts';
import { upgradeWrappedKey } from './change-protection.ts';
import { lockAllSecrets, lockCount, lockSecret, unlockSecret } from './lock-state.ts';

/** Locks an account: a poll under way ends, the secret goes, the amounts disappear. Needs nothing that is stored. */
export async function lockAccount(accountId: string): Promise<Result<null>> {
  abortPoll(accountId);
  try {
    await lockSecret(accountId);
    return { ok: true, value: null };
  } catch {
    return { ok: false, problem: { kind: 'storage' } };
  } finally {
    await paint().catch(() => undefined); // a toolbar that refuses keeps nobody unlocked
  }
}

/** Locks every account that has a passphrase, and the key pair that waits for its key ID. Needs nothing that is stored. */
export async function lockAllAccounts(): Promise<void> {
  abortAllPolls();
  await lockAllSecrets().finally(() => paint().catch(() => undefined));
}

/**
 * Unlocks an account.
 * @returns `passphrase-wrong` for a wrong passphrase, changed bytes or another account's key alike; `interrupted` if it
 * was locked or forgotten meanwhile
 */
export async function unlockAccount(accountId: string, passphrase: string): Promise<Result<null>> {
  const before = lockCount();
  try {
    const state = await readState();
    if (state.kind === 'unreadable') return { ok: false, problem: { kind: 'unreadable' } };
    const account = accountsAndPendingKey(state).find(({ id }) => id === accountId);
    const opened = account && (await openWrapped(account.keyRef, account, passphrase));
    if (!opened) return { ok: false, problem: { kind: 'passphrase-wrong' } };
    const secret = await upgradeWrappedKey(account, opened, passphrase);
    if (!(await unlockSecret(accountId, secret, before))) {
      return { ok: false, problem: { kind: 'interrupted' } };
    }
  } catch {
    return { ok: false, problem: { kind: 'storage' } };
  }
  await paint();
  await poll(accountId, 'user');
  return { ok: true, value: null };
}
