// Opening the panel, or what comes closest.

import { openSidebar, openSidePanel, requestSidePanel } from '../../../browser/side-panel.ts';
import { openPopupAsTab, openPopupAsWindow } from '../../../browser/tabs.ts';
import { readSidePanelIsNew } from '../../../storage/session.ts';

/**
 * Opens the popup's page as a panel that stays open. Chromium opens a panel only for extensions that had the permission when
 * they were loaded: version 156 crashes otherwise (seen with Debian's build, SIGTRAP in `sidePanel.open`). Until the
 * browser is restarted, a small window stands in for it.
 */
export async function openPanel(): Promise<void> {
  const sidebar = openSidebar();
  if (sidebar) return sidebar.catch(openPopupAsTab);
  const answer = await requestSidePanel().catch(() => 'refused');
  if (answer === 'refused') return openPopupAsTab();
  if (answer === 'granted' || (await readSidePanelIsNew())) return openPopupAsWindow();
  await openSidePanel().catch(openPopupAsTab);
}
