// A hook: polls when the page opens, and every few seconds while it is visible.

import { useEffect } from 'preact/hooks';
import { popupView } from '../../../browser/popup-view.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import type { Account } from '../../../domain/accounts/account.ts';
import { MIN_GAP } from '../../../domain/polling/backoff.ts';

/** How often a panel or a tab polls, which may be visible all day. Milliseconds. */
const PANEL_PERIOD_MS = 30_000;

/** Requests polls of the accounts while the page is visible, and when it becomes visible. The background limits their rate. */
export function useRefreshWhileVisible(accounts: readonly Pick<Account, 'id'>[]): void {
  const ids = accounts.map(({ id }) => id).join();
  useEffect(() => {
    const poll = () => {
      if (document.hidden) return;
      for (const accountId of ids.split(',')) void sendCommand('account/poll-if-due', { accountId });
    };
    poll();
    document.addEventListener('visibilitychange', poll);
    const timer = setInterval(poll, popupView() === 'popup' ? MIN_GAP + 500 : PANEL_PERIOD_MS);
    return () => {
      document.removeEventListener('visibilitychange', poll);
      clearInterval(timer);
    };
  }, [ids]);
}
