// What happens when the background, the browser or the extension starts, and when access is granted or taken.

import { browser } from '../platform/browser.ts';
import { readyLocks } from '../platform/locks.ts';
import { withTimeout } from '../platform/timeout.ts';
import { readState } from '../storage/state.ts';
import { startAutoLock } from './accounts/auto-lock.ts';
import { deleteOrphans } from './accounts/delete-orphans.ts';
import { allPollsDone } from './polling/poll.ts';
import { endReadingAhead, readAhead } from './polling/read-ahead.ts';
import { ensureAlarm, pollAll } from './polling/schedule.ts';
import { isPainted, paint, wasAsked } from './toolbar.ts';

/** By then, what woke the background has come. Milliseconds. */
const COMES_WITHIN = 10;
/** How long what the last life has painted may stand, at most. Milliseconds. */
const STANDS = 1_000;

/**
 * At every start of the background, whatever woke it: the alarm is set, and the toolbar shows what is stored. As a rule
 * it does already, and a poll is about to paint what comes next: painting twice takes longer than signing.
 */
export async function onWake(): Promise<void> {
  const state = readAhead();
  readyLocks();
  const come = new Promise<void>((resolve) => setTimeout(resolve, COMES_WITHIN)).then(endReadingAhead);
  const alarm = state.then(ensureAlarm);
  if (await isPainted()) {
    await come;
    await withTimeout(STANDS, allPollsDone()).catch(() => undefined);
  }
  await Promise.all([alarm, wasAsked() || paint()]);
}

/** The browser was started: the figure may be old, and a killed browser may have left something half done. */
export async function onBrowserStart(): Promise<void> {
  // A store that does not open has nothing that could be removed now; the poll says what that means.
  await Promise.all([pollAll('back'), deleteOrphans().catch(() => undefined)]);
}

/** Installed, updated, or loaded anew: with no account yet, the options page shows the way. */
export async function onInstalled(): Promise<void> {
  const state = await readState();
  if (state.kind === 'ready' && state.accounts.length === 0) await browser.runtime.openOptionsPage();
  await onBrowserStart();
}

/** A permission was granted or taken away: look at once. */
export async function onAccessChanged(): Promise<void> {
  startAutoLock();
  await pollAll('user');
}
