// Whether the icon is on the toolbar, where the browser says so.

import { browser } from './browser.ts';

/** Not in the polyfill. Chromium 130 (https://developer.chrome.com/docs/extensions/reference/api/action). */
interface SettingsEvent {
  addListener(listener: () => void): void;
  removeListener(listener: () => void): void;
}

/** Whether the icon is on the toolbar; undefined if this browser does not say so. */
export async function isOnToolbar(): Promise<boolean | undefined> {
  try {
    return (await browser.action.getUserSettings()).isOnToolbar;
  } catch {
    return undefined;
  }
}

/** Calls back when that may have changed. @returns how to stop */
export function watchToolbar(changed: () => void): () => void {
  const { onUserSettingsChanged: event } = browser.action as { onUserSettingsChanged?: SettingsEvent };
  event?.addListener(changed);
  // A browser without the event: the user comes back from its menu.
  window.addEventListener('focus', changed);
  return () => {
    event?.removeListener(changed);
    window.removeEventListener('focus', changed);
  };
}
