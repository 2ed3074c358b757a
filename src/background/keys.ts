// Opening the key of an account, wherever it is kept.

import { secretOf, wrappedOf } from '../platform/session.ts';
import type { Account } from '../portfolio/account.ts';
import { openKey } from '../vault/store.ts';
import { fromText, unwrapKey } from '../vault/wrap.ts';

/**
 * The key of an account, for one request.
 * @returns undefined if it is not there, or locked
 * @throws if the key store does not open
 */
export async function keyOf(
  account: Pick<Account, 'id' | 'environment' | 'keyRef' | 'protection'>,
): Promise<CryptoKey | undefined> {
  if (account.protection === 'none') return openKey(account.keyRef, account);
  if (account.protection === 'passphrase') return openKey(account.keyRef, account, secretOf(account.id));
  const [secret, text] = await Promise.all([secretOf(account.id), wrappedOf(account.id)]);
  return text !== undefined && secret !== undefined ? unwrapKey(fromText(text), secret, account) : undefined;
}
