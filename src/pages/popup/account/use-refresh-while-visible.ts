// A hook: polls when the page opens, and every few seconds while a popup is visible.

import { useEffect } from 'preact/hooks';
import { popupView } from '../../../browser/popup-view.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import type { Account } from '../../../domain/accounts/account.ts';
import { MIN_GAP } from '../../../domain/polling/backoff.ts';

/**
 * Requests polls of the accounts while the page is visible. The background limits their rate. A panel or a tab, which may be
 * open all day, polls only when it becomes visible, and otherwise follows what the alarm stores: the background stays asleep.
 */
export function useRefreshWhileVisible(accounts: readonly Pick<Account, 'id'>[]): void {
  const ids = accounts.map(({ id }) => id).join();
  useEffect(() => {
    const poll = () => {
      if (document.hidden) return;
      for (const accountId of ids.split(',')) void sendCommand('account/poll-if-due', { accountId });
    };
    poll();
    if (popupView() !== 'popup') {
      document.addEventListener('visibilitychange', poll);
      return () => document.removeEventListener('visibilitychange', poll);
    }
    const timer = setInterval(poll, MIN_GAP + 500);
    return () => clearInterval(timer);
  }, [ids]);
}
