// What happens when the background, the browser or the extension starts, and when access is granted or taken.

import { browser } from '../platform/browser.ts';
import { readState } from '../platform/state.ts';
import { paint } from './badge.ts';

import { listenForPresence } from './presence.ts';
import { ensureAlarm, pollAll } from './schedule.ts';
import { removeStrays } from './tidy.ts';

/** At every start of the background, whatever woke it: the toolbar shows what is stored, and the alarm is set. */
export async function onWake(): Promise<void> {
  await Promise.all([paint(), ensureAlarm()]);
}

/** The browser was started: the figure may be old, and a killed browser may have left something half done. */
export async function onBrowserStart(): Promise<void> {
  // A store that does not open has nothing that could be removed now; the poll says what that means.
  await Promise.all([pollAll('back'), removeStrays().catch(() => undefined)]);
}

/** Installed, updated, or loaded anew: with no account yet, the options page shows the way. */
export async function onInstalled(): Promise<void> {
  const { accounts } = await readState();
  if (accounts.length === 0) await browser.runtime.openOptionsPage();
  await onBrowserStart();
}

/** A permission was granted or taken away: look at once. */
export async function onAccessChanged(): Promise<void> {
  listenForPresence();
  await pollAll('user');
}
