// Whether the browser lets us reach a host, and asking for it.

import { browser } from './browser.ts';

/** Whether access to a host is granted. `pattern`: a match pattern, e.g. `https://host/*`. */
export async function hasHostPermission(pattern: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [pattern] });
}

/**
 * Asks the user for access to a host; resolves at once where it is granted already.
 * Has to be called straight from a click, before anything is awaited: Firefox forgets the click otherwise
 * (https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/User_actions).
 */
export async function requestHostPermission(pattern: string): Promise<boolean> {
  return browser.permissions.request({ origins: [pattern] });
}

/** Calls back whenever access was granted or taken away. Returns how to stop. */
export function watchPermissions(changed: () => void): () => void {
  browser.permissions.onAdded.addListener(changed);
  browser.permissions.onRemoved.addListener(changed);
  return () => {
    browser.permissions.onAdded.removeListener(changed);
    browser.permissions.onRemoved.removeListener(changed);
  };
}
