// Locking while the user is away: with the operating system's screen lock where the browser reports it, and after the idle time that the user chose.
// When they return, the accounts are polled at once.

import {
  isIdleApiAvailable,
  reportsScreenLock,
  type UserActivity,
  watchUserActivity,
} from '../../browser/idle.ts';
import { lockMinutes } from '../../domain/accounts/settings.ts';
import { pollAll } from '../polling/schedule.ts';
import { getState } from '../store.ts';
import type { WorkerMemory } from '../worker-memory.ts';
import { lockAllAccounts } from './lock-account.ts';

/** The idle time that is watched for if none was chosen. */
const DEFAULT_IDLE_S = 300;

/**
 * Listens, if the permission `idle` is granted. Called in the first turn of every worker, so that the event that woke it
 * is delivered, and whenever the permission or the chosen time has changed.
 */
export function startAutoLock(memory: WorkerMemory): void {
  if (!isIdleApiAvailable()) return;
  memory.onUserActivity ??= (activity) => onUserActivity(memory, activity);
  const { onUserActivity: listener } = memory;
  watchUserActivity(listener, DEFAULT_IDLE_S);
  void getState(memory).then((state) => {
    if (state.kind === 'unreadable') return;
    watchUserActivity(listener, lockMinutes(state.settings, reportsScreenLock()) * 60 || DEFAULT_IDLE_S);
  });
}

async function onUserActivity(memory: WorkerMemory, activity: UserActivity): Promise<void> {
  if (activity === 'active') return pollAll(memory, 'resume');
  // The screen lock always locks, before anything is read. Idle time locks only if a time was chosen, or if the settings
  // cannot be read.
  if (activity === 'locked') return lockAllAccounts(memory);
  const state = await getState(memory);
  if (
    state.kind === 'unreadable' ||
    !state.settingsReadable ||
    lockMinutes(state.settings, reportsScreenLock()) > 0
  ) {
    await lockAllAccounts(memory);
  }
}
