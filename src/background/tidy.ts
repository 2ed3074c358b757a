// Removing what belongs to nobody: what a browser killed between two lines of connecting or forgetting left behind.

import { keepHistoryOf } from '../platform/history.ts';
import { keepHoldingsOf } from '../platform/holdings.ts';
import { exclusively } from '../platform/lock.ts';
import { readState } from '../platform/state.ts';
import { keepItemsOf } from '../platform/write-state.ts';
import { keyHolders } from '../portfolio/account.ts';
import { keepOnly } from '../vault/store.ts';
import { ACCOUNTS_LOCK } from './locks.ts';
import { STORE_LIMIT_MS, within } from './within.ts';

/** Removes keys, items and history that no account refers to. */
export async function removeStrays(): Promise<void> {
  await exclusively(ACCOUNTS_LOCK, async () => {
    const state = await readState();
    if (state.lost) return; // as long as nobody knows the accounts, nothing is known to be a stray
    const ids = state.accounts.map(({ id }) => id);
    await keepItemsOf(ids);
    await removeUnreferenced();
    await within(STORE_LIMIT_MS, keepHistoryOf(ids));
    await within(STORE_LIMIT_MS, keepHoldingsOf(ids));
  });
}

/** Removes keys that nothing refers to. To be called with the lock held. */
export async function removeUnreferenced(): Promise<void> {
  const state = await readState();
  if (state.lost) return;
  // A store that never answers must not hold the lock, and with it every poll.
  await within(STORE_LIMIT_MS, keepOnly(keyHolders(state).map(({ keyRef }) => keyRef)));
}
