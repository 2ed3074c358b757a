// Reading the history and holdings of an account, which pages may do only while it is unlocked.

import { isLocked } from '../domain/accounts/state.ts';
import { readState } from './state.ts';

/** The account is locked, or no longer exists. */
export class AccountLocked extends Error {}

/**
 * Reads something of an account.
 * @throws AccountLocked if it is locked before or after the read, or does not exist; otherwise what `read` throws
 */
export async function readWhileUnlocked<T>(
  accountId: string,
  read: (accountId: string) => Promise<T>,
): Promise<T> {
  await expectUnlocked(accountId);
  const found = await read(accountId);
  await expectUnlocked(accountId);
  return found;
}

async function expectUnlocked(accountId: string): Promise<void> {
  const state = await readState();
  const account = state.kind === 'ready' && state.accounts.find(({ id }) => id === accountId);
  if (!account || isLocked(state, account)) throw new AccountLocked();
}
