// Recognising a key by its ID while the account that has it is locked.

import type { Account, Environment } from '../../domain/accounts/account.ts';
import { toBase64 } from '../../storage/base64.ts';

/** A hash of a key's environment and ID, which cannot be found by trying: the ID is a random UUID. */
export async function keyHashOf(environment: Environment, keyId: string): Promise<string> {
  const text = new TextEncoder().encode(`${environment} ${keyId}`);
  return toBase64(await crypto.subtle.digest('SHA-256', text));
}

/** The account that has this key already, locked or not: saving it again does not make another one. */
export async function accountWithKey(
  accounts: readonly Account[],
  environment: Environment,
  keyId: string,
): Promise<Account | undefined> {
  const hash = await keyHashOf(environment, keyId);
  return accounts.find((each) => each.environment === environment && each.keyHash === hash);
}
