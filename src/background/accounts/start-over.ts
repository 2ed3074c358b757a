// Starting over, where what is stored cannot be read: everything goes, keys included.

import { exclusively } from '../../platform/locks.ts';
import type { Result } from '../../platform/messages.ts';
import { keepHistoryOf } from '../../storage/history-store.ts';
import { keepHoldingsOf } from '../../storage/holdings-store.ts';
import { dropAll } from '../../storage/session.ts';
import { readState } from '../../storage/state.ts';
import { eraseEverything } from '../../storage/write-state.ts';
import { keepOnly } from '../../vault/key-store.ts';
import { ensureAlarm } from '../polling/schedule.ts';
import { paint } from '../toolbar.ts';
import { ACCOUNTS_LOCK } from './lock-names.ts';

/**
 * Removes everything.
 * @returns `internal` where what is stored can be read: then each account has its own button; `storage` where the read
 * fails: what is stored may be whole
 */
export async function startOver(): Promise<Result<null>> {
  try {
    return await exclusively(ACCOUNTS_LOCK, async () => {
      const state = await readState();
      if (state.kind === 'ready') return { ok: false, problem: { kind: 'internal' } };
      if (state.readFailed) return { ok: false, problem: { kind: 'storage' } };
      await keepOnly([]); // first: if it fails, the rest still tells that there is something to remove
      await keepHistoryOf([]);
      await keepHoldingsOf([]);
      await dropAll();
      await eraseEverything();
      return { ok: true, value: null };
    });
  } catch {
    return { ok: false, problem: { kind: 'storage' } };
  } finally {
    await ensureAlarm();
    await paint();
  }
}
