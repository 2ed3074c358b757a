// Whether somebody is at the computer: an optional permission, so none of this may be there.

import { browser } from './browser.ts';

/** What the browser says of the user: `locked` is the operating system's own lock. */
export type UserActivity = 'active' | 'idle' | 'locked';

const IDLE = { permissions: ['idle' as const] };

/**
 * Asks the user to let us know when they are away. Resolves at once where they have.
 * Has to be called straight from a click.
 */
export async function requestIdlePermission(): Promise<boolean> {
  return browser.permissions.request(IDLE);
}

/** Whether the user lets us know when they are away. */
export async function hasIdlePermission(): Promise<boolean> {
  return browser.permissions.contains(IDLE);
}

/** Gives that up again. */
export async function dropIdlePermission(): Promise<void> {
  await browser.permissions.remove(IDLE);
}

/** Whether we may know it: only then is there anything to listen to. */
export function isIdleApiAvailable(): boolean {
  return (browser as Partial<typeof browser>).idle !== undefined;
}

/**
 * Calls back when the user goes away or comes back, if we may know; after this many seconds of no input.
 * To be called again whenever the permission or the time changes: a listener is only ever added once.
 */
export function watchUserActivity(changed: (presence: UserActivity) => void, seconds: number): void {
  const { idle } = browser as Partial<typeof browser>;
  if (!idle) return;
  if (!idle.onStateChanged.hasListener(changed)) idle.onStateChanged.addListener(changed);
  idle.setDetectionInterval(seconds);
}

/** Seconds without input after which nobody is thought to be there. */
const AWAY_AFTER = 300;

/** Whether nobody is at the computer, or its screen is locked; false where we may not know. */
export async function isAway(): Promise<boolean> {
  const { idle } = browser as Partial<typeof browser>;
  try {
    return idle !== undefined && (await idle.queryState(AWAY_AFTER)) !== 'active';
  } catch {
    return false;
  }
}
