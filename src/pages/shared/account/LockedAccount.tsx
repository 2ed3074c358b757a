// Locked accounts, with a form to unlock them.

import { i18n } from '../../../browser/i18n.ts';
import type { Account } from '../../../domain/accounts/account.ts';
import { accountName } from '../../../view/displayed-account.ts';
import { UnlockForm } from './UnlockForm.tsx';

/** Accounts are unlocked one after the other: each has its own passphrase. `all`: all accounts, for their names. */
export function LockedAccount({ accounts, all }: { accounts: readonly Account[]; all: readonly Account[] }) {
  const [next] = accounts;
  if (!next) return null;
  return (
    <section class="locked">
      <h2>{i18n.message('locked')}</h2>
      {all.length > 1 && <p>{accountName(next, all, i18n)}</p>}
      <UnlockForm key={next.id} accountId={next.id} focused />
    </section>
  );
}
