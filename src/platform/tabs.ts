// Opening the extension's own pages.

import { browser } from './browser.ts';

/** Opens the options page in a tab, or switches to the open one. */
export function openOptionsPage(): Promise<void> {
  return browser.runtime.openOptionsPage();
}
