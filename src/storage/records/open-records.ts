// Opening the records of an account. There is no other way to them.

import type { Account } from '../../domain/accounts/account.ts';
import { isLocked } from '../../domain/accounts/state.ts';
import { readState } from '../state.ts';
import { createCipher } from './cipher.ts';
import type { Records } from './database.ts';

/** The account is locked, or no longer exists. */
export class AccountLocked extends Error {}

/** The records of an account that is not locked. */
export async function openRecords({ id }: Pick<Account, 'id'>): Promise<Records> {
  return { accountId: id, ciphers: [await createCipher(0, null)] };
}

/**
 * The records of an account, by its id. For pages.
 * @throws AccountLocked if it is locked, or does not exist
 */
export async function openRecordsOf(accountId: string): Promise<Records> {
  const state = await readState();
  const account = state.kind === 'ready' && state.accounts.find(({ id }) => id === accountId);
  if (!account || isLocked(state, account)) throw new AccountLocked();
  return openRecords(account);
}
