// Opening the key of an account, wherever it is stored.

import type { Account } from '../../domain/accounts/account.ts';
import { readSecrets } from '../../storage/session.ts';
import { openKey } from '../../vault/key-store.ts';

/**
 * The key of an account, for one request.
 * @returns undefined if it does not exist, or the account is locked
 * @throws if the key store, or `storage.session`, does not respond
 */
export async function openAccountKey(
  account: Pick<Account, 'id' | 'environment' | 'keyRef' | 'protection'>,
): Promise<CryptoKey | undefined> {
  if (account.protection === 'none') return openKey(account.keyRef, account);
  const secret = readSecrets().then((secrets) => secrets[account.id]);
  return openKey(account.keyRef, account, secret);
}
