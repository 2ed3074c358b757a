// Delivering alerts: one notification for all that one account has to say. They were decided and stored before; a background
// that is killed in between delivers them the next time, under the same id.

import { midnightBefore } from '../../platform/clock.ts';
import { i18n } from '../../platform/i18n.ts';
import {
  clearNotification,
  showNotification,
  watchNotificationClicks,
} from '../../platform/notifications.ts';
import { openPopup } from '../../platform/tabs.ts';
import type { Account } from '../../portfolio/account.ts';
import { alertsOf } from '../../portfolio/account-data.ts';
import { undelivered } from '../../portfolio/alerts/alert.ts';
import { isQuiet } from '../../portfolio/alerts/rules.ts';
import { accountData, isLocked } from '../../storage/state.ts';
import { alertText } from '../../view/alert-text.ts';
import { accountName } from '../../view/displayed-account.ts';
import { getState, updateAccountData } from '../store.ts';

/** Delivers what was decided and not delivered yet. In quiet hours, or without the permission, only the popup lists it. */
export async function deliverAlerts(account: Account, aborted: AbortSignal): Promise<void> {
  const state = await getState();
  if (state.kind === 'unreadable') return;
  const alerts = alertsOf(accountData(state, account.id));
  const pending = undelivered(alerts);
  const last = pending.at(-1);
  if (!last || isLocked(state, account) || aborted.aborted) return;
  const now = Date.now();
  const minute = Math.floor((now - midnightBefore(now)) / 60_000);
  if (!isQuiet(alerts.rules, minute)) {
    const { hideAmounts } = state.settings;
    const lines = pending.map(({ event, at }) => alertText(event, i18n, at, hideAmounts));
    const title = accountName(account, state.accounts, i18n);
    await showNotification(`alerts ${account.id} ${last.id}`, title, lines.join('\n')).catch(() => undefined);
  }
  await updateAccountData(account, aborted, (data) => ({
    alerts: { ...alertsOf(data), notified: Math.max(alertsOf(data).notified, last.id) },
  })).catch(() => undefined); // not stored, it is delivered again under the same id
}

/** Opens the popup when a notification is clicked. Called in the first turn of every worker, and when permissions change. */
export function startNotificationClicks(): void {
  watchNotificationClicks(onClicked);
}

async function onClicked(id: string): Promise<void> {
  await openPopup();
  await clearNotification(id).catch(() => undefined);
}
