// What happens when the extension is installed, the browser or the worker starts, and permissions change.

import { browser } from '../browser/browser.ts';
import { includesSidePanel } from '../browser/side-panel.ts';
import { writeSidePanelIsNew } from '../storage/session.ts';
import { startAutoLock } from './accounts/auto-lock.ts';
import { deleteOrphans } from './accounts/remove-account.ts';
import { clearNotifications, startNotificationClicks } from './alerts/deliver-alerts.ts';
import { type InstallDetails, noteUpdate } from './installation.ts';
import { reencryptRecords } from './keys/reencrypt-records.ts';
import { ensureAlarm, pollAll, pollInPlaceOfAlarm } from './polling/schedule.ts';
import { getState } from './store.ts';
import { renderToolbar } from './toolbar.ts';
import type { WorkerMemory } from './worker-memory.ts';

/** The worker started, for whatever event: the alarm exists, and the toolbar shows the stored state. */
export async function onWorkerStart(memory: WorkerMemory): Promise<void> {
  await Promise.allSettled([ensureAlarm(memory), renderToolbar(memory)]); // if one fails, the next event tries again
  await pollInPlaceOfAlarm(memory).catch(() => undefined);
  await reencryptRecords(memory);
}

/** The browser started: the balance may be outdated, and a killed browser may have left something behind. */
export async function onBrowserStart(memory: WorkerMemory): Promise<void> {
  const ignored = () => undefined;
  // Accounts that were unlocked in the last session are locked; the system may still show their notifications.
  await getState(memory);
  await clearNotifications(memory).catch(ignored);
  // A store that does not open has nothing that could be deleted now; the poll reports it.
  await Promise.all([pollAll(memory, 'resume'), deleteOrphans(memory).catch(ignored)]);
}

/** Installed, updated, or reloaded. After the first installation, the options page opens. */
export async function onInstalled(memory: WorkerMemory, details: InstallDetails): Promise<void> {
  await noteUpdate(memory, details);
  const state = await getState(memory);
  const hasNoAccount = state.kind === 'ready' && state.accounts.length === 0;
  if (details.reason === 'install' && hasNoAccount) await browser.runtime.openOptionsPage();
  await onBrowserStart(memory);
}

/** A permission was granted. One that Chromium uses only after a restart is noted. */
export async function onPermissionsAdded(
  memory: WorkerMemory,
  added: { permissions?: string[] },
): Promise<void> {
  if (includesSidePanel(added)) await writeSidePanelIsNew();
  await onPermissionsChanged(memory);
}

/** A permission was granted or removed: the accounts are polled at once. */
export async function onPermissionsChanged(memory: WorkerMemory): Promise<void> {
  startAutoLock(memory);
  startNotificationClicks(memory);
  await pollAll(memory, 'manual');
}
