// Starting over, where what is stored cannot be read: everything goes, keys included.

import type { Result } from '../platform/commands.ts';
import { keepHistoryOf } from '../platform/history.ts';
import { keepHoldingsOf } from '../platform/holdings.ts';
import { exclusively } from '../platform/lock.ts';
import { dropAll } from '../platform/session.ts';
import { readState } from '../platform/state.ts';
import { eraseEverything } from '../platform/write-state.ts';
import { keepOnly } from '../vault/store.ts';
import { paint } from './badge.ts';
import { ACCOUNTS_LOCK } from './locks.ts';
import { ensureAlarm } from './schedule.ts';

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
