// Opening the extension's own pages.

import { browser } from './browser.ts';

/** The popup's page; `?view=` says where it is shown (popup-view.ts). */
export const POPUP_PAGE = 'src/pages/popup/index.html';

/** Opens the options page in a tab, or switches to the open one. */
export function openOptionsPage(): Promise<void> {
  return browser.runtime.openOptionsPage();
}

async function openTab(page: string): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL(page) });
}

/** Opens the popup's page in a new tab. */
export function openPopupAsTab(): Promise<void> {
  return openTab(`${POPUP_PAGE}?view=tab`);
}

/** Opens the popup's page in a small window of its own. Pixels. */
export async function openPopupAsWindow(): Promise<void> {
  const url = browser.runtime.getURL(`${POPUP_PAGE}?view=window`);
  await browser.windows.create({ url, type: 'popup', width: 400, height: 680 });
}

/** Opens the popup where the browser allows it; otherwise its page in a new tab. */
export async function openPopup(): Promise<void> {
  try {
    await browser.action.openPopup();
  } catch {
    await openPopupAsTab();
  }
}

/** Opens a page of Kalshi's site in a new tab. */
export async function openSite(url: `https://${string}`): Promise<void> {
  await browser.tabs.create({ url });
}

/** Opens the results page in a new tab. */
export function openResultsPage(): Promise<void> {
  return openTab('src/pages/results/index.html');
}
