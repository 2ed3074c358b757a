// When the next poll is due: one repeating alarm that the browser rings, whoever died in between.

import { browser } from '../../platform/browser.ts';
import type { PollTrigger } from '../../portfolio/backoff.ts';
import { readState, type State } from '../../storage/state.ts';
import { paint } from '../toolbar.ts';
import { poll } from './poll.ts';
import { readFirst } from './read-ahead.ts';

export const POLL_ALARM = 'poll';

/**
 * Makes sure the alarm rings as often as the settings say, and not at all without an account.
 * Left alone when it is right: creating it anew would put the next ring off by a whole period.
 * @param known what is stored, if it was just read
 */
export async function ensureAlarm(known?: State): Promise<void> {
  const state = known ?? (await readState());
  if (state.kind === 'unreadable') return; // it may be readable again at the next ring
  const { accounts, settings } = state;
  if (accounts.length === 0) {
    await browser.alarms.clear(POLL_ALARM);
    return;
  }
  const periodInMinutes = settings.periodSeconds / 60;
  const alarm = await browser.alarms.get(POLL_ALARM);
  if (alarm?.periodInMinutes !== periodInMinutes) {
    browser.alarms.create(POLL_ALARM, { periodInMinutes });
  }
}

/** Polls every account that may be asked. A poll that fails in an unforeseen way ends alone, and the toolbar is true. */
export async function pollAll(why: PollTrigger): Promise<void> {
  try {
    const state = await readFirst();
    if (state.kind === 'unreadable' || state.accounts.length === 0) return paint();
    await Promise.all(state.accounts.map(({ id }) => poll(id, why, state)));
  } catch {
    await paint();
  }
}
