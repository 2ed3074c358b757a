// When nobody is there: locking, after the time the user chose and whenever the operating system locks. On return:
// a poll at once.

import { isIdleApiAvailable, type UserActivity, watchUserActivity } from '../../platform/idle.ts';
import { readState } from '../../storage/state.ts';
import { pollAll } from '../polling/schedule.ts';
import { lockAllAccounts } from './lock-account.ts';

/** Without a time after which to lock, someone who comes back was away for at least so long. Seconds. */
const AWAY_AFTER = 300;

/** Listens, if we may. At every start of the background, at first in the very first turn, and when the permission or the choice has changed. */
export function startAutoLock(): void {
  if (!isIdleApiAvailable()) return;
  watchUserActivity(onUserActivity, AWAY_AFTER);
  void readState().then((state) => {
    // As long as nobody knows what was chosen, the choice of before stays.
    if (state.kind === 'unreadable') return;
    watchUserActivity(onUserActivity, state.settings.lockAfterMinutes * 60 || AWAY_AFTER);
  });
}

async function onUserActivity(presence: UserActivity): Promise<void> {
  if (presence === 'active') return pollAll('back');
  // The operating system's own lock always locks, and before anything is read. Being away does so only after a time
  // that was chosen; where nobody knows what was chosen, it does.
  if (presence === 'locked') return lockAllAccounts();
  const state = await readState();
  if (state.kind === 'unreadable' || !state.settingsReadable || state.settings.lockAfterMinutes > 0)
    await lockAllAccounts();
}
