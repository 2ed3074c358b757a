// The background's front door: registers every listener, synchronously, and nothing else. Whatever woke it, the
// browser delivers the event only to listeners that exist by the end of this file's first turn
// (https://developer.chrome.com/docs/extensions/develop/concepts/service-workers/events).

import { browser } from '../platform/browser.ts';
import { listenForCommands } from '../platform/messages.ts';
import { startAutoLock } from './accounts/auto-lock.ts';
import { runCommand } from './command-handlers.ts';
import { HIDE_AMOUNTS, toggleHideAmounts } from './hide-amounts.ts';
import { onAccessChanged, onBrowserStart, onInstalled, onWake } from './lifecycle.ts';
import { POLL_ALARM, pollAll } from './polling/schedule.ts';

browser.runtime.onInstalled.addListener(onInstalled);
browser.runtime.onStartup.addListener(onBrowserStart);
browser.alarms.onAlarm.addListener(({ name }) => (name === POLL_ALARM ? pollAll('due') : undefined));
browser.permissions.onAdded.addListener(onAccessChanged);
browser.permissions.onRemoved.addListener(onAccessChanged);
browser.commands.onCommand.addListener((name) => (name === HIDE_AMOUNTS ? toggleHideAmounts() : undefined));
listenForCommands(runCommand);
startAutoLock();
void onWake();
