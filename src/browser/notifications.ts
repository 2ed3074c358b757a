// Notifications. The permission is optional, so the API may be missing.

import { browser } from './browser.ts';

const NOTIFICATIONS = { permissions: ['notifications' as const] };

/**
 * Requests the permission. Resolves at once if it is granted already.
 * Has to be called directly from a click. Never throws: false if the browser does not ask.
 */
export async function requestNotificationPermission(): Promise<boolean> {
  return browser.permissions.request(NOTIFICATIONS).catch(() => false);
}

/** Whether the permission is granted. */
export async function hasNotificationPermission(): Promise<boolean> {
  return browser.permissions.contains(NOTIFICATIONS);
}

/** The API; undefined without the permission. */
function api(): typeof browser.notifications | undefined {
  return (browser as Partial<typeof browser>).notifications;
}

/** The ids of the notifications that are on the screen; none without the permission. */
export async function shownNotifications(): Promise<string[]> {
  return Object.keys((await api()?.getAll()) ?? {});
}

/**
 * Shows a notification, if that is allowed.
 * @param contentNow is read right before, with no wait in between; undefined if nothing is to be shown any more
 * @throws what the browser throws
 */
export async function showNotification(
  id: string,
  contentNow: () => { title: string; message: string } | undefined,
): Promise<void> {
  const notifications = api();
  if (!notifications || !(await hasNotificationPermission())) return;
  const iconUrl = browser.runtime.getURL('icons/brand-128.png');
  const content = contentNow();
  if (content) await notifications.create(id, { type: 'basic', iconUrl, ...content });
}

/** Calls back when a notification is clicked, if the API exists. The listener is added only once. */
export function watchNotificationClicks(clicked: (id: string) => void): void {
  const notifications = api();
  if (notifications && !notifications.onClicked.hasListener(clicked)) {
    notifications.onClicked.addListener(clicked);
  }
}

/** Removes a notification. */
export async function clearNotification(id: string): Promise<void> {
  await api()?.clear(id);
}
