// Delivering alerts: one notification for all that one account has to say. They were decided and stored before; a background
// that is killed in between delivers them the next time. If it was killed after showing them, they are on the screen.

import { i18n } from '../../browser/i18n.ts';
import {
  clearNotification,
  showNotification,
  shownNotifications,
  watchNotificationClicks,
} from '../../browser/notifications.ts';
import { openPopup, openResultsPage, openSite } from '../../browser/tabs.ts';
import type { Account } from '../../domain/accounts/account.ts';
import { alertsOf } from '../../domain/accounts/account-data.ts';
import { accountData, isLocked } from '../../domain/accounts/state.ts';
import { type Alert, type AlertEvent, undelivered } from '../../domain/alerts/alert.ts';
import { isQuiet } from '../../domain/alerts/rules.ts';
import { minuteOfDay } from '../../domain/calendar.ts';
import { accountName } from '../../view/displayed-account.ts';
import { eventUrl } from '../../view/market-link.ts';
import { alertLine, alertText } from '../../view/texts/alert-text.ts';
import { currentState, getReadyState, getState, updateAccountData } from '../store.ts';
import type { WorkerMemory } from '../worker-memory.ts';

/** For which account alerts are delivered; a poll's context is one. */
interface Delivery {
  memory: WorkerMemory;
  account: Account;
  /** Aborted when the account is locked or removed: nothing is shown then. */
  aborted: AbortSignal;
}

/** Delivers what was decided and not delivered yet. In quiet hours, or without the permission, only the popup lists it. */
export async function deliverAlerts({ memory, account, aborted }: Delivery): Promise<void> {
  const state = await getReadyState(memory);
  const alerts = alertsOf(accountData(state, account.id));
  const pending = undelivered(alerts);
  const last = pending.at(-1);
  if (!last || isLocked(state, account) || aborted.aborted) return;
  if (!isQuiet(alerts.rules, minuteOfDay(Date.now()))) {
    await showAlerts({ memory, account, aborted }, pending).catch(() => undefined);
  }
  await updateAccountData(memory, account, aborted, (data) => ({
    alerts: { ...alertsOf(data), notified: Math.max(alertsOf(data).notified, last.id) },
  })).catch(() => undefined); // not noted, they are looked for on the screen the next time
}

/** Shows alerts that are not on the screen yet. A notification is named after the last alert in it. */
async function showAlerts({ memory, account, aborted }: Delivery, alerts: Alert[]): Promise<void> {
  const name = ({ id }: Alert) => `${PREFIX}${account.id} ${id}`;
  const shown = await shownNotifications();
  const rest = alerts.slice(alerts.findLastIndex((alert) => shown.includes(name(alert))) + 1);
  const last = rest.at(-1);
  if (!last) return;
  await showNotification(name(last), () => {
    const state = currentState(memory);
    if (!state || aborted.aborted || isLocked(state, account)) return undefined;
    const { accounts, settings } = state;
    const { hideAmounts } = settings;
    const { title, text } =
      rest.length === 1
        ? alertText(last.event, i18n, last.at, hideAmounts)
        : {
            title: i18n.message('alertsSeveral', String(rest.length)),
            text: rest.map(({ event, at }) => alertLine(event, i18n, at, hideAmounts)).join('\n'),
          };
    const name = accounts.length > 1 ? `${accountName(account, accounts, i18n)} · ` : '';
    return { title: name + title, message: text };
  });
}

/**
 * Removes the notifications of accounts that are locked or gone, and all while amounts are hidden or the accounts cannot be read.
 * Their alerts stay in the popup.
 */
export async function clearNotifications(memory: WorkerMemory): Promise<void> {
  const state = currentState(memory);
  const shown = state?.settings.hideAmounts
    ? []
    : (state?.accounts.filter((each) => !isLocked(state, each)) ?? []);
  const isAllowed = (name: string) => shown.some(({ id }) => name.startsWith(`${PREFIX}${id} `));
  for (const name of await shownNotifications()) {
    if (name.startsWith(PREFIX) && !isAllowed(name)) await clearNotification(name);
  }
}

/** Of the names of notifications; the account's id and the id of the last alert in it follow. */
const PREFIX = 'alerts ';

/**
 * Opens what a notification is about when it is clicked. Called in the first turn of every worker, and when permissions change.
 */
export function startNotificationClicks(memory: WorkerMemory): void {
  memory.onNotificationClick ??= (name) => onClicked(memory, name);
  watchNotificationClicks(memory.onNotificationClick);
}

async function onClicked(memory: WorkerMemory, name: string): Promise<void> {
  await openSubject(memory, name);
  await clearNotification(name).catch(() => undefined);
}

/** The page of the market, the results, or the popup. */
async function openSubject(memory: WorkerMemory, name: string): Promise<void> {
  const [accountId = '', id] = name.slice(PREFIX.length).split(' ');
  const state = await getState(memory);
  const account = state.kind === 'ready' && state.accounts.find((each) => each.id === accountId);
  if (!account || isLocked(state, account)) return openPopup();
  const alert = alertsOf(accountData(state, accountId)).recent.find((each) => each.id === Number(id));
  if (alert?.event.kind === 'payout') return openResultsPage();
  const event = alert && subjectEvent(alert.event);
  const url = event === undefined ? undefined : eventUrl(account.environment, event);
  return url ? openSite(url) : openPopup();
}

/** The event whose page an alert is about; undefined if it is about none. */
function subjectEvent(event: AlertEvent): string | undefined {
  if (event.kind === 'closing') return event.event;
  return event.kind === 'move' ? event.moves[0]?.event : undefined;
}
