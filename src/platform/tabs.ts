// Opening the extension's own pages.

import { browser } from './browser.ts';

/** Opens the options page in a tab, or switches to the open one. */
export function openOptionsPage(): Promise<void> {
  return browser.runtime.openOptionsPage();
}

/** Opens the popup where the browser allows it; otherwise its page in a new tab. */
export async function openPopup(): Promise<void> {
  try {
    await browser.action.openPopup();
  } catch {
    await browser.tabs.create({ url: browser.runtime.getURL('src/popup/index.html') });
  }
}

/** Opens the results page in a new tab. */
export async function openResultsPage(): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL('src/results/index.html') });
}
