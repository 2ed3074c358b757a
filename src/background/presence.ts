// Locking when nobody is there: after the time the user chose, and whenever the operating system locks.

import { type Presence, watchPresence } from '../platform/idle.ts';
import { readState } from '../platform/state.ts';
import { lockAll } from './lock.ts';

/** Being away does not lock by itself then; the operating system's lock still does. Seconds. */
const NEVER_SOON = 3600;

/** Listens, if we may. At every start of the background, at first in the very first turn, and when the permission or the choice has changed. */
export function listenForPresence(): void {
  watchPresence(onPresence, NEVER_SOON);
  void readState().then(({ settings }) =>
    watchPresence(onPresence, settings.lockAfterMinutes * 60 || NEVER_SOON),
  );
}

async function onPresence(presence: Presence): Promise<void> {
  if (presence === 'active') return;
  const { settings } = await readState();
  if (presence === 'locked' || settings.lockAfterMinutes > 0) await lockAll();
}
