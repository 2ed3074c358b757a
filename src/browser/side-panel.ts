// The view that stays open beside the page: Chromium's side panel, Firefox's sidebar.

import { browser } from './browser.ts';
import { POPUP_PAGE } from './tabs.ts';

/** Not in the polyfill (https://developer.chrome.com/docs/extensions/reference/api/sidePanel). */
interface SidePanelApi {
  setOptions(options: { path: string; enabled: boolean }): Promise<void>;
  open(options: { windowId: number }): Promise<void>;
}

/** Chromium's optional permission. It has no warning, so the browser does not ask the user. */
const PERMISSION = { permissions: ['sidePanel' as never] };

/**
 * Opens Firefox's sidebar, which needs no permission. Call it directly from a click, before anything is awaited: otherwise
 * Firefox refuses it (https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/User_actions).
 * @returns undefined in Chromium
 */
export function openSidebar(): Promise<void> | undefined {
  return (browser as Partial<typeof browser>).sidebarAction?.open();
}

/**
 * Requests what it takes to open Chromium's side panel.
 * @returns `granted` now, `known` from before, or `refused`
 */
export async function requestSidePanel(): Promise<'granted' | 'known' | 'refused'> {
  if (await browser.permissions.contains(PERMISSION)) return 'known';
  return (await browser.permissions.request(PERMISSION)) ? 'granted' : 'refused';
}

/** Whether the side panel is among permissions that were granted. */
export function includesSidePanel({ permissions = [] }: { permissions?: string[] }): boolean {
  return permissions.includes('sidePanel');
}

/** Opens Chromium's side panel in the window of the page, within a few seconds of a click. @throws if it cannot be opened */
export async function openSidePanel(): Promise<void> {
  const { sidePanel } = browser as unknown as { sidePanel: SidePanelApi };
  const { id } = await browser.windows.getCurrent();
  await sidePanel.setOptions({ path: `${POPUP_PAGE}?view=panel`, enabled: true });
  await sidePanel.open({ windowId: id as number });
}
