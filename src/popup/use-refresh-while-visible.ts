// Fresh while you look: a poll at opening and then every few seconds, where the figure is older than that.

import { useEffect } from 'preact/hooks';
import { sendCommand } from '../platform/messages.ts';
import type { Account } from '../portfolio/account.ts';
import { MIN_GAP } from '../portfolio/backoff.ts';

/** Asks for the accounts while the page is visible. The background asks Kalshi no more often than it may. */
export function useRefreshWhileVisible(accounts: readonly Pick<Account, 'id'>[]): void {
  const ids = accounts.map(({ id }) => id).join();
  useEffect(() => {
    const look = () => {
      if (document.hidden) return;
      for (const accountId of ids.split(',')) void sendCommand('account/look', { accountId });
    };
    look();
    const timer = setInterval(look, MIN_GAP + 500);
    return () => clearInterval(timer);
  }, [ids]);
}
