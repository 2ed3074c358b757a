// Removing what belongs to nobody: what a browser killed between two lines of connecting or forgetting left behind.

import { withLock } from '../../platform/locks.ts';
import { accountsAndPendingKey } from '../../portfolio/account.ts';
import { deleteHistoryExcept } from '../../storage/history-store.ts';
import { deleteHoldingsExcept } from '../../storage/holdings-store.ts';
import { readState } from '../../storage/state.ts';
import { deleteItemsExcept } from '../../storage/write-state.ts';
import { deleteKeysExcept } from '../../vault/key-store.ts';
import { ACCOUNTS_LOCK } from './lock-names.ts';

/** Removes keys, items and history that no account refers to. */
export async function deleteOrphans(): Promise<void> {
  await withLock(ACCOUNTS_LOCK, async () => {
    const state = await readState();
    if (state.kind === 'unreadable') return; // as long as nobody knows the accounts, nothing is known to be a stray
    const ids = state.accounts.map(({ id }) => id);
    await deleteItemsExcept(state);
    await deleteOrphanKeys();
    await deleteHistoryExcept(ids);
    await deleteHoldingsExcept(ids);
  });
}

/** Removes keys that nothing refers to. To be called with the lock held. */
export async function deleteOrphanKeys(): Promise<void> {
  const state = await readState();
  if (state.kind === 'unreadable') return;
  // A store that never answers must not hold the lock, and with it every poll.
  await deleteKeysExcept(accountsAndPendingKey(state).map(({ keyRef }) => keyRef));
}
