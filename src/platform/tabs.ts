// Opening the extension's own pages.

import { browser } from './browser.ts';

/** Opens the options page in a tab, or goes to the one that is open. */
export function openOptionsPage(): Promise<void> {
  return browser.runtime.openOptionsPage();
}
