// Changing how the key of a protected account is stored: under another passphrase, or unencrypted.

import type { Problem, Result } from '../../commands/problem.ts';
import type { Account } from '../../domain/accounts/account.ts';
import { passphraseError } from '../../domain/accounts/passphrase.ts';
import { isLocked } from '../../domain/accounts/state.ts';
import { accessOf, nextGeneration } from '../../storage/records/open-records.ts';
import { type OpenedKey, openWrapped, putKey, type StoredKey } from '../../vault/key-store.ts';
import { importUnwrapped, rewrapKey, type Secret } from '../../vault/passphrase-encryption.ts';
import { lockCount, lockedSince, lockSecret, unlockSecret } from '../keys/lock-state.ts';
import { finishReencryption, reencryptRecords } from '../keys/reencrypt-records.ts';
import { abortPoll } from '../polling/poll.ts';
import { CommandRefused, refuseIfLockedSince, runChange } from '../run-change.ts';
import { getReadyState } from '../store.ts';
import type { WorkerMemory } from '../worker-memory.ts';
import { deleteOrphanKeys } from './remove-account.ts';

/**
 * Protects the key of an account with another passphrase, or with none.
 * @param next the new passphrase; null for none: the key is then stored unencrypted
 */
export async function changeProtection(
  memory: WorkerMemory,
  accountId: string,
  passphrase: string,
  next: string | null,
): Promise<Result<null>> {
  const locksBefore = lockCount(memory);
  const fault = next === null ? null : passphraseError(next);
  if (fault) return failed({ kind: 'passphrase-refused', fault });
  const { accounts } = await getReadyState(memory);
  const account = accounts.find(({ id, protection }) => id === accountId && protection === 'passphrase');
  const opened = account && (await openWrapped(account.keyRef, account, passphrase).catch(() => undefined));
  if (!opened) return failed({ kind: 'passphrase-wrong' });
  const result = await runChange(memory, async (state, write) => {
    const { accounts } = state;
    const { stored, secret } = await protect(opened, next, account);
    const current = accounts.find(({ id }) => id === accountId);
    if (current?.keyRef !== account.keyRef) throw new CommandRefused({ kind: 'interrupted' });
    refuseIfLockedSince(memory, locksBefore, accountId);
    const data = state.data[accountId];
    if (!data || isLocked(state, current)) throw new CommandRefused({ kind: 'interrupted' });
    await finishReencryption(current);
    const keyRef = crypto.randomUUID();
    try {
      await putKey(keyRef, stored);
      refuseIfLockedSince(memory, locksBefore, accountId);
      // The old secret does not decrypt the new key. Killed from here on, the account is locked, and the passphrase of
      // whichever key it names unlocks it.
      abortPoll(memory, accountId);
      const locks = await lockSecret(memory, accountId);
      const records = await nextGeneration(current, opened.secret.records, secret?.records ?? null);
      refuseIfLockedSince(memory, locks, accountId);
      const protection = next === null ? 'none' : 'passphrase';
      const changed: Account = { ...current, keyRef, protection, records };
      await write({
        accounts: accounts.map((each) => (each === current ? changed : each)),
        data: { [accountId]: data },
        ...(secret && { secrets: { [accountId]: accessOf(changed, secret) } }),
      });
      if (secret !== undefined) await unlockSecret(memory, changed, secret, locks);
      // Locked during the write: without a passphrase, the account would not be locked.
      else if (lockedSince(memory, locks, accountId)) {
        const secrets = { [accountId]: accessOf(current, opened.secret) };
        await write({ accounts: [...accounts], data: { [accountId]: data }, secrets });
        refuseIfLockedSince(memory, locks, accountId);
      }
    } finally {
      await deleteOrphanKeys(memory).catch(() => undefined); // the next browser start deletes it
    }
    return null;
  });
  if (result.ok) void reencryptRecords(memory);
  return result;
}

async function protect(
  { wrapped, secret: opener }: OpenedKey,
  passphrase: string | null,
  account: Account,
): Promise<{ stored: StoredKey; secret?: Secret }> {
  if (passphrase === null) {
    return { stored: { kind: 'open', key: await importUnwrapped(wrapped, opener, account) } };
  }
  const rewrapped = await rewrapKey(wrapped, opener, passphrase, account);
  return { stored: { kind: 'wrapped', wrapped: rewrapped.wrapped }, secret: rewrapped.secret };
}

function failed(problem: Problem): { ok: false; problem: Problem } {
  return { ok: false, problem };
}
