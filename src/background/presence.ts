// When nobody is there: locking, after the time the user chose and whenever the operating system locks. On return:
// a poll at once.

import { mayKnowPresence, type Presence, watchPresence } from '../platform/idle.ts';
import { readState } from '../platform/state.ts';
import { lockAll } from './lock.ts';
import { pollAll } from './schedule.ts';

/** Without a time after which to lock, someone who comes back was away for at least so long. Seconds. */
const AWAY_AFTER = 300;

/** Listens, if we may. At every start of the background, at first in the very first turn, and when the permission or the choice has changed. */
export function listenForPresence(): void {
  if (!mayKnowPresence()) return;
  watchPresence(onPresence, AWAY_AFTER);
  void readState().then(({ settings }) =>
    watchPresence(onPresence, settings.lockAfterMinutes * 60 || AWAY_AFTER),
  );
}

async function onPresence(presence: Presence): Promise<void> {
  if (presence === 'active') return pollAll('back');
  const { settings } = await readState();
  // Being away locks only after a time that was chosen; the operating system's own lock always does.
  if (presence === 'locked' || settings.lockAfterMinutes > 0) await lockAll();
}
