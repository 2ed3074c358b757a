// Changing what is stored because a page asked for it: one at a time; then the alarm and the toolbar follow.

import { withLock } from '../../platform/locks.ts';
import type { Problem, Result } from '../../platform/messages.ts';
import { type ReadyState, readState } from '../../storage/state.ts';
import { SettingsUnreadable } from '../../storage/write-state.ts';
import { ensureAlarm } from '../polling/schedule.ts';
import { paint } from '../toolbar.ts';
import { ACCOUNTS_LOCK } from './lock-names.ts';

/** Ends a change with a problem; nothing that it has not written yet is written. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.kind);
  }
}

/**
 * Does the work while nobody else changes anything, with what is stored at that moment; whatever comes of it leaves
 * alarm and toolbar true. Where what is stored cannot be read, the work is not begun.
 * @returns the problem of a `Refused`; `unreadable`; otherwise `storage` for whatever the work threw
 */
export async function changing<T>(work: (state: ReadyState) => Promise<T>): Promise<Result<T>> {
  try {
    const value = await withLock(ACCOUNTS_LOCK, async () => {
      const state = await readState();
      if (state.kind === 'unreadable') throw new Refused({ kind: 'unreadable' });
      return work(state);
    });
    return { ok: true, value };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  } finally {
    // What was asked for is done, or not; an alarm or a toolbar that refuses changes nothing about that.
    await ensureAlarm().catch(() => undefined);
    await paint().catch(() => undefined);
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof Refused) return error.problem;
  return { kind: error instanceof SettingsUnreadable ? 'settings-unreadable' : 'storage' };
}
