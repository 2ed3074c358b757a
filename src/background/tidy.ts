// Removing what belongs to nobody: what a browser killed between two lines of connecting or forgetting left behind.

import { keepHistoryOf } from '../platform/history.ts';
import { keepHoldingsOf } from '../platform/holdings.ts';
import { exclusively } from '../platform/lock.ts';
import { readState } from '../platform/state.ts';
import { keepItemsOf } from '../platform/write-state.ts';
import { keyHolders } from '../portfolio/account.ts';
import { keepOnly } from '../vault/store.ts';
import { ACCOUNTS_LOCK } from './locks.ts';

/** Removes keys, items and history that no account refers to. */
export async function removeStrays(): Promise<void> {
  await exclusively(ACCOUNTS_LOCK, async () => {
    const state = await readState();
    if (state.kind === 'unreadable') return; // as long as nobody knows the accounts, nothing is known to be a stray
    const ids = state.accounts.map(({ id }) => id);
    await keepItemsOf(state);
    await removeUnreferenced();
    await keepHistoryOf(ids);
    await keepHoldingsOf(ids);
  });
}

/** Removes keys that nothing refers to. To be called with the lock held. */
export async function removeUnreferenced(): Promise<void> {
  const state = await readState();
  if (state.kind === 'unreadable') return;
  // A store that never answers must not hold the lock, and with it every poll.
  await keepOnly(keyHolders(state).map(({ keyRef }) => keyRef));
}
