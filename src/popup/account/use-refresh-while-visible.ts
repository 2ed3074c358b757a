// A hook: polls when the popup opens and every few seconds while it is visible.

import { useEffect } from 'preact/hooks';
import { sendCommand } from '../../platform/messages.ts';
import type { Account } from '../../portfolio/account.ts';
import { MIN_GAP } from '../../portfolio/backoff.ts';

/** Requests polls of the accounts while the page is visible. The background limits their rate. */
export function useRefreshWhileVisible(accounts: readonly Pick<Account, 'id'>[]): void {
  const ids = accounts.map(({ id }) => id).join();
  useEffect(() => {
    const poll = () => {
      if (document.hidden) return;
      for (const accountId of ids.split(',')) void sendCommand('account/poll-if-due', { accountId });
    };
    poll();
    const timer = setInterval(poll, MIN_GAP + 500);
    return () => clearInterval(timer);
  }, [ids]);
}
