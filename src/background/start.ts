// What happens when the background, the browser or the extension starts, and when access is granted or taken.

import { browser } from '../platform/browser.ts';
import { readyLocks } from '../platform/lock.ts';
import { readState } from '../platform/state.ts';
import { withTimeout } from '../platform/timeout.ts';
import { endReadingAhead, readAhead } from './ahead.ts';
import { isPainted, paint, wasAsked } from './badge.ts';
import { pollsOver } from './poll.ts';
import { listenForPresence } from './presence.ts';
import { ensureAlarm, pollAll } from './schedule.ts';
import { removeStrays } from './tidy.ts';

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
    await withTimeout(STANDS, pollsOver()).catch(() => undefined);
  }
  await Promise.all([alarm, wasAsked() || paint()]);
}

/** The browser was started: the figure may be old, and a killed browser may have left something half done. */
export async function onBrowserStart(): Promise<void> {
  // A store that does not open has nothing that could be removed now; the poll says what that means.
  await Promise.all([pollAll('back'), removeStrays().catch(() => undefined)]);
}

/** Installed, updated, or loaded anew: with no account yet, the options page shows the way. */
export async function onInstalled(): Promise<void> {
  const state = await readState();
  if (state.kind === 'ready' && state.accounts.length === 0) await browser.runtime.openOptionsPage();
  await onBrowserStart();
}

/** A permission was granted or taken away: look at once. */
export async function onAccessChanged(): Promise<void> {
  listenForPresence();
  await pollAll('user');
}
