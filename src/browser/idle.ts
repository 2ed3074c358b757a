// Whether the user is active. The permission is optional, so the API may be missing.

import { browser } from './browser.ts';

/** `locked`: the screen is locked. Firefox never reports it: there the screen lock is not noticed. */
export type UserActivity = 'active' | 'idle' | 'locked';

const IDLE = { permissions: ['idle' as const] };

/**
 * Requests the permission. Resolves at once if it is granted already.
 * Has to be called directly from a click. Never throws: false if the browser does not ask.
 */
export async function requestIdlePermission(): Promise<boolean> {
  return browser.permissions.request(IDLE).catch(() => false);
}

/** Whether the permission is granted. */
export async function hasIdlePermission(): Promise<boolean> {
  return browser.permissions.contains(IDLE);
}

/** Removes the permission. */
export async function dropIdlePermission(): Promise<void> {
  await browser.permissions.remove(IDLE);
}

/**
 * Whether the browser reports that the screen is locked: Chromium does, Firefox knows only `active` and `idle`
 * (https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/idle/IdleState). The page cannot look at the API
 * itself, which exists only with the permission.
 */
export function reportsScreenLock(): boolean {
  return !browser.runtime.getURL('').startsWith('moz-extension:');
}

/** Whether the API exists, which it does only with the permission. */
export function isIdleApiAvailable(): boolean {
  return (browser as Partial<typeof browser>).idle !== undefined;
}

/**
 * Calls back when the user becomes idle, after this many seconds without input, or active again; if the API exists.
 * To be called again whenever the permission or the time changes: the listener is added only once.
 */
export function watchUserActivity(changed: (presence: UserActivity) => void, seconds: number): void {
  const { idle } = browser as Partial<typeof browser>;
  if (!idle) return;
  if (!idle.onStateChanged.hasListener(changed)) idle.onStateChanged.addListener(changed);
  idle.setDetectionInterval(seconds);
}

/** Seconds without input after which the user counts as away. */
const AWAY_AFTER = 300;

/** Whether the user is away or the screen is locked; false without the permission. */
export async function isAway(): Promise<boolean> {
  const { idle } = browser as Partial<typeof browser>;
  try {
    return idle !== undefined && (await idle.queryState(AWAY_AFTER)) !== 'active';
  } catch {
    return false;
  }
}
