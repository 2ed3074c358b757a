// Changing what is stored because a page asked for it: one at a time; then the alarm and the toolbar follow.

import type { Problem, Result } from '../platform/commands.ts';
import { exclusively } from '../platform/lock.ts';
import { paint } from './badge.ts';
import { ACCOUNTS_LOCK } from './locks.ts';
import { ensureAlarm } from './schedule.ts';

/**
 * Does the work while nobody else changes anything, whatever comes of it leaves alarm and toolbar true.
 * @param problemOf names what the work threw; a browser that does not store, unless said otherwise
 */
export async function changing<T>(
  work: () => Promise<T>,
  problemOf: (error: unknown) => Problem = () => ({ kind: 'storage' }),
): Promise<Result<T>> {
  try {
    return { ok: true, value: await exclusively(ACCOUNTS_LOCK, work) };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  } finally {
    await ensureAlarm();
    await paint();
  }
}
