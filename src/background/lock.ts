// Locking and unlocking protected accounts. Locked is what they are when nobody has unlocked them: nothing has to run
// for that at browser start.

import type { Result } from '../platform/commands.ts';
import { dropSecrets, keepSecret } from '../platform/session.ts';
import { readState } from '../platform/state.ts';
import { keyHolders } from '../portfolio/account.ts';
import { trySecret } from '../vault/store.ts';
import { paint } from './badge.ts';
import { abandonPoll, poll } from './poll.ts';

/** Locks an account: the secret goes, a request under way is abandoned, the amounts disappear. */
export async function lockAccount(accountId: string): Promise<Result<null>> {
  await dropSecrets([accountId]);
  abandonPoll(accountId);
  await paint();
  return { ok: true, value: null };
}

/** Locks every account that has a passphrase. */
export async function lockAll(): Promise<void> {
  const guarded = keyHolders(await readState()).filter(({ protection }) => protection === 'passphrase');
  for (const { id } of guarded) await lockAccount(id);
}

/**
 * Unlocks an account.
 * @returns `passphrase-wrong` for a wrong passphrase, changed bytes or another account's key alike
 */
export async function unlockAccount(accountId: string, passphrase: string): Promise<Result<null>> {
  const account = keyHolders(await readState()).find(({ id }) => id === accountId);
  const secret = account && (await trySecret(account.keyRef, account, passphrase));
  if (!secret) return { ok: false, problem: { kind: 'passphrase-wrong' } };
  await keepSecret(accountId, secret);
  await paint();
  await poll(accountId, 'user');
  return { ok: true, value: null };
}
