// Writing what is stored. For the background alone: one writer, one direction.

import type { Account, Pending } from '../portfolio/account.ts';
import type { Pace } from '../portfolio/pace.ts';
import type { Settings } from '../portfolio/settings.ts';
import type { Snapshot } from '../portfolio/snapshot.ts';
import { browser } from './browser.ts';
import { type Envelope, KEYS } from './state.ts';

/** What one write may hold. All of it is written, or none. */
export interface Change {
  accounts?: Account[];
  pending?: Pending | null;
  settings?: Settings;
  snapshot?: { of: string; is: Snapshot };
  pace?: { of: string; is: Pace };
}

/**
 * Writes a change in one piece.
 * @throws what `storage.local.set` throws: no room, or a broken profile
 */
export async function writeState(change: Change): Promise<void> {
  const items: Record<string, Envelope> = {};
  const put = (key: string, data: unknown) => {
    items[key] = { v: 1, data };
  };
  if (change.accounts) put(KEYS.accounts, change.accounts);
  if (change.pending !== undefined) put(KEYS.pending, change.pending);
  if (change.settings) put(KEYS.settings, change.settings);
  if (change.snapshot) put(KEYS.snapshot(change.snapshot.of), change.snapshot.is);
  if (change.pace) put(KEYS.pace(change.pace.of), change.pace.is);
  await browser.storage.local.set(items);
}

/** Removes everything stored under an account's id. */
export async function eraseAccount(accountId: string): Promise<void> {
  await browser.storage.local.remove([KEYS.snapshot(accountId), KEYS.pace(accountId)]);
}
