// Deleting what was recorded of an account's past.

import type { Result } from '../platform/commands.ts';
import { eraseHistory } from '../platform/history.ts';
import { writeState } from '../platform/write-state.ts';
import { changing } from './changing.ts';

/** Deletes it, and the day that the popup draws; the figures of now stay. */
export function deleteHistory(accountId: string): Promise<Result<null>> {
  return changing(async (state) => {
    await eraseHistory(accountId);
    await writeState(state, { of: { id: accountId, day: null } });
    return null;
  });
}
