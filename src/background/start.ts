// What happens when the background, the browser or the extension starts, and when access is granted or taken.

import { browser } from '../platform/browser.ts';
import { readState } from '../platform/state.ts';
import { painter } from './badge.ts';
import { requestsSent } from './poll.ts';
import { listenForPresence } from './presence.ts';
import { ensureAlarm, pollAll } from './schedule.ts';
import { removeStrays } from './tidy.ts';
import { within } from './within.ts';

/** What woke the background has come by then, and is done first; the toolbar waits no longer. Milliseconds. */
const COMES_WITHIN = 10;
const SENT_WITHIN = 250;

/**
 * At every start of the background, whatever woke it: the alarm is set, and the toolbar shows what is stored. Painting
 * takes longer than signing, so a poll that is due has its request on the way before.
 */
export async function onWake(): Promise<void> {
  const repaint = painter();
  const state = await readState();
  await ensureAlarm(state);
  await new Promise((resolve) => setTimeout(resolve, COMES_WITHIN));
  await within(SENT_WITHIN, requestsSent()).catch(() => undefined);
  await repaint(state);
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
