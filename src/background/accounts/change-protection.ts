// Changing how the key of a protected account lies on disk: under another passphrase, in the clear, or under the same
// passphrase with today's number of rounds.

import type { Problem, Result } from '../../platform/messages.ts';
import { type Account, accountsAndPendingKey, type PendingKey } from '../../portfolio/account.ts';
import { passphraseError } from '../../portfolio/passphrase.ts';
import { readState } from '../../storage/state.ts';
import { writeState } from '../../storage/write-state.ts';
import { type OpenedKey, openWrapped, putKey, type StoredKey } from '../../vault/key-store.ts';
import { importUnwrapped, isOutdated, rewrapKey, type Secret } from '../../vault/passphrase-encryption.ts';
import { abortPoll } from '../polling/poll.ts';
import { deleteOrphanKeys } from './delete-orphans.ts';
import { lockCount, lockedSince, lockSecret, unlockSecret } from './lock-state.ts';
import { changing, Refused } from './update-accounts.ts';

/**
 * Protects the key of an account with another passphrase, or with none.
 * @param next the new passphrase; null for none: the key then lies on disk in the clear
 */
export async function changeProtection(
  accountId: string,
  passphrase: string,
  next: string | null,
): Promise<Result<null>> {
  const before = lockCount();
  const fault = next === null ? null : passphraseError(next);
  if (fault) return failed({ kind: 'passphrase-refused', fault });
  const read = await readState();
  if (read.kind === 'unreadable') return failed({ kind: 'unreadable' });
  const account = read.accounts.find(({ id, protection }) => id === accountId && protection === 'passphrase');
  const opened = account && (await openWrapped(account.keyRef, account, passphrase).catch(() => undefined));
  if (!opened) return failed({ kind: 'passphrase-wrong' });
  let secret: Secret | undefined;
  return changing(async (state) => {
    const { accounts } = state;
    const stored: StoredKey =
      next === null
        ? { kind: 'open', key: await importUnwrapped(opened.wrapped, opened.secret, account) }
        : await rewrapKey(opened.wrapped, opened.secret, next, account).then((wrapping) => {
            secret = wrapping.secret;
            return { kind: 'wrapped', wrapped: wrapping.wrapped };
          });
    const current = accounts.find(({ id }) => id === accountId);
    if (current?.keyRef !== account.keyRef || lockedSince(before, accountId)) {
      throw new Refused({ kind: 'interrupted' });
    }
    const keyRef = crypto.randomUUID();
    await putKey(keyRef, stored);
    // What opens the old key does not open the new one: killed from here on, the account is locked, and opens with
    // whichever passphrase belongs to the key that it names.
    abortPoll(accountId);
    const locked = await lockSecret(accountId);
    const changed: Account = { ...current, keyRef, protection: next === null ? 'none' : 'passphrase' };
    await writeState(state, { accounts: accounts.map((each) => (each === current ? changed : each)) });
    await deleteOrphanKeys().catch(() => undefined); // the next start of the browser removes it
    if (secret !== undefined) await unlockSecret(accountId, secret, locked);
    return null;
  });
}

/**
 * Wraps a key again that was wrapped with fewer rounds than are right today, while its passphrase is at hand. Where
 * that fails, the key stays as it is.
 * @returns the secret that opens the key as it is stored now
 */
export async function upgradeWrappedKey(
  holder: Account | PendingKey,
  opened: OpenedKey,
  passphrase: string,
): Promise<Secret> {
  if (!isOutdated(opened.wrapped)) return opened.secret;
  const { wrapped, secret } = await rewrapKey(opened.wrapped, opened.secret, passphrase, holder);
  const done = await changing(async (state) => {
    if (!accountsAndPendingKey(state).some(({ keyRef }) => keyRef === holder.keyRef))
      throw new Refused({ kind: 'interrupted' });
    const keyRef = crypto.randomUUID();
    await putKey(keyRef, { kind: 'wrapped', wrapped });
    const { accounts, pending } = state;
    await writeState(state, {
      accounts: accounts.map((each) => (each.id === holder.id ? { ...each, keyRef } : each)),
      ...(pending?.id === holder.id && { pending: { ...pending, keyRef } }),
    });
    await deleteOrphanKeys().catch(() => undefined); // the next start of the browser removes it
    return null;
  });
  return done.ok ? secret : opened.secret;
}

function failed(problem: Problem): { ok: false; problem: Problem } {
  return { ok: false, problem };
}
