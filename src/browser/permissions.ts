// Host permissions.

import { browser } from './browser.ts';

/** Whether the permission for a host is granted. @param pattern a match pattern, e.g. `https://host/*` */
export async function hasHostPermission(pattern: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [pattern] });
}

/**
 * Requests the permissions for some hosts in one prompt. Resolves at once if they are granted already.
 * Has to be called directly from a click, before anything is awaited: otherwise Firefox ignores the click
 * (https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/User_actions).
 * @returns whether they are granted; false too if the browser does not ask, e.g. because it does not see a click. Never throws
 */
export async function requestHostPermissions(patterns: string[]): Promise<boolean> {
  return browser.permissions.request({ origins: patterns }).catch(() => false);
}

/** Calls back whenever a permission is granted or removed. @returns how to stop */
export function watchPermissions(changed: () => void): () => void {
  browser.permissions.onAdded.addListener(changed);
  browser.permissions.onRemoved.addListener(changed);
  return () => {
    browser.permissions.onAdded.removeListener(changed);
    browser.permissions.onRemoved.removeListener(changed);
  };
}
