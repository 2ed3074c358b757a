// The background's entry: registers every listener, synchronously, and nothing else. An event that wakes the background
// is delivered only to listeners that exist by the end of this script's first turn
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

browser.runtime.onInstalled.addListener(onInstalled);
browser.runtime.onStartup.addListener(onBrowserStart);
browser.alarms.onAlarm.addListener(({ name }) => (name === POLL_ALARM ? pollAll('alarm') : undefined));
browser.permissions.onAdded.addListener(onPermissionsAdded);
browser.permissions.onRemoved.addListener(onPermissionsChanged);
browser.commands.onCommand.addListener((name) =>
  name === HIDE_AMOUNTS_SHORTCUT ? toggleHideAmounts() : undefined,
);
listenForCommands(runCommand);
startAutoLock();
startNotificationClicks();
void onWorkerStart();
