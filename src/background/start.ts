// Registers every listener of the background, synchronously: an event that wakes the worker is delivered only to listeners
// that exist by the end of its first turn
// (https://developer.chrome.com/docs/extensions/develop/concepts/service-workers/events).

import { browser } from '../browser/browser.ts';
import { listenForCommands } from '../commands/listen-for-commands.ts';
import { startAutoLock } from './accounts/auto-lock.ts';
import { startNotificationClicks } from './alerts/deliver-alerts.ts';
import { runCommand } from './command-handlers.ts';
import {
  onBrowserStart,
  onInstalled,
  onPermissionsAdded,
  onPermissionsChanged,
  onWorkerStart,
} from './lifecycle.ts';
import { POLL_ALARM, pollAll } from './polling/schedule.ts';
import { HIDE_AMOUNTS_SHORTCUT, toggleHideAmounts } from './settings.ts';
import type { WorkerMemory } from './worker-memory.ts';

/** Starts the background. @param memory of this worker; a test gives each lifetime a new one */
export function startBackground(memory: WorkerMemory): void {
  browser.runtime.onInstalled.addListener((details) => onInstalled(memory, details));
  browser.runtime.onStartup.addListener(() => onBrowserStart(memory));
  browser.alarms.onAlarm.addListener(({ name }) =>
    name === POLL_ALARM ? pollAll(memory, 'alarm') : undefined,
  );
  browser.permissions.onAdded.addListener((added) => onPermissionsAdded(memory, added));
  browser.permissions.onRemoved.addListener(() => onPermissionsChanged(memory));
  browser.commands.onCommand.addListener((name) =>
    name === HIDE_AMOUNTS_SHORTCUT ? toggleHideAmounts(memory) : undefined,
  );
  listenForCommands((name, params) => runCommand(memory, name, params));
  startAutoLock(memory);
  startNotificationClicks(memory);
  void onWorkerStart(memory);
}
