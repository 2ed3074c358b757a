// Starting over, where what is stored cannot be read: everything goes, keys included.

import { withLock } from '../../platform/locks.ts';
import type { Result } from '../../platform/messages.ts';
import { deleteHistoryExcept } from '../../storage/history-store.ts';
import { deleteHoldingsExcept } from '../../storage/holdings-store.ts';
import { clearSession } from '../../storage/session.ts';
import { readState } from '../../storage/state.ts';
import { deleteEverything } from '../../storage/write-state.ts';
import { deleteKeysExcept } from '../../vault/key-store.ts';
import { ensureAlarm } from '../polling/schedule.ts';
import { paint } from '../toolbar.ts';
import { ACCOUNTS_LOCK } from './lock-names.ts';

/**
 * Removes everything.
 * @returns `internal` where what is stored can be read: then each account has its own button; `storage` where the read
 * fails: what is stored may be whole
 */
export async function deleteAllData(): Promise<Result<null>> {
  try {
    return await withLock(ACCOUNTS_LOCK, async () => {
      const state = await readState();
      if (state.kind === 'ready') return { ok: false, problem: { kind: 'internal' } };
      if (state.readFailed) return { ok: false, problem: { kind: 'storage' } };
      await deleteKeysExcept([]); // first: if it fails, the rest still tells that there is something to remove
      await deleteHistoryExcept([]);
      await deleteHoldingsExcept([]);
      await clearSession();
      await deleteEverything();
      return { ok: true, value: null };
    });
  } catch {
    return { ok: false, problem: { kind: 'storage' } };
  } finally {
    await ensureAlarm();
    await paint();
  }
}
