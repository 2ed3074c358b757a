// Removing what belongs to nobody: what a browser killed between two lines of connecting or forgetting left behind.

import { exclusively } from '../../platform/locks.ts';
import { keyHolders } from '../../portfolio/account.ts';
import { keepHistoryOf } from '../../storage/history-store.ts';
import { keepHoldingsOf } from '../../storage/holdings-store.ts';
import { readState } from '../../storage/state.ts';
import { keepItemsOf } from '../../storage/write-state.ts';
import { keepOnly } from '../../vault/key-store.ts';
import { ACCOUNTS_LOCK } from './lock-names.ts';

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
