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
import { STORE_LIMIT_MS, within } from './within.ts';

/** Removes everything. @returns `internal` where what is stored can be read: then each account has its own button */
export async function startOver(): Promise<Result<null>> {
  try {
    return await exclusively(ACCOUNTS_LOCK, async () => {
      if (!(await readState()).lost) return { ok: false, problem: { kind: 'internal' } };
      await within(STORE_LIMIT_MS, keepOnly([])); // first: if it fails, the rest still tells that there is something to remove
      await within(STORE_LIMIT_MS, keepHistoryOf([]));
      await within(STORE_LIMIT_MS, keepHoldingsOf([]));
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
