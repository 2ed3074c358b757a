// Accounts that wait for their passphrase.

import { words } from '../platform/i18n.ts';
import type { Account } from '../portfolio/account.ts';
import { Unlock } from '../ui/UnlockForm.tsx';
import { nameOf } from '../view/displayed-account.ts';

/** One after the other is unlocked: each has a passphrase of its own. `all`: among which each has its name. */
export function Locked({ accounts, all }: { accounts: readonly Account[]; all: readonly Account[] }) {
  const [next] = accounts;
  if (!next) return null;
  return (
    <section class="locked">
      <h2>{words.say('locked')}</h2>
      {all.length > 1 && <p>{nameOf(next, all, words)}</p>}
      <Unlock key={next.id} accountId={next.id} />
    </section>
  );
}
