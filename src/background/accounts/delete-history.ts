// Deleting what was recorded of an account's past.

import type { Result } from '../../platform/messages.ts';
import { deleteHistoryOf } from '../../storage/history-store.ts';
import { writeState } from '../../storage/write-state.ts';
import { changing } from './update-accounts.ts';

/** Deletes it, and the day that the popup draws; the figures of now stay. */
export function deleteHistory(accountId: string): Promise<Result<null>> {
  return changing(async (state) => {
    await deleteHistoryOf(accountId);
    await writeState(state, { of: { id: accountId, day: null } });
    return null;
  });
}
