// Changes requested by a page: applied one at a time; the alarm and the toolbar are updated after each.

import type { Problem, Result } from '../commands/problem.ts';
import type { Account } from '../domain/accounts/account.ts';
import { isLocked, type ReadyState } from '../domain/accounts/state.ts';
import { AccountLocked } from '../storage/records/open-records.ts';
import { SettingsUnreadable } from '../storage/write-state.ts';
import { clearNotifications } from './alerts/deliver-alerts.ts';
import { lockedSince } from './keys/lock-state.ts';
import { ensureAlarm } from './polling/schedule.ts';
import { StateUnreadable, update, type Write } from './store.ts';
import { renderToolbar } from './toolbar.ts';
import type { LockCount, WorkerMemory } from './worker-memory.ts';

/** Ends a change with a problem. What it has not written by then is not written. */
export class CommandRefused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.kind);
  }
}

/**
 * Runs a change, then updates the alarm and the toolbar.
 * @returns the problem of a `CommandRefused`; `unreadable` if the state cannot be read, and the change is not run then;
 * otherwise `storage` for whatever the change threw
 */
export async function runChange<T>(
  memory: WorkerMemory,
  work: (state: ReadyState, write: Write) => Promise<T>,
): Promise<Result<T>> {
  return toResult(memory, () => update(memory, work));
}

/**
 * The same for a change of one account that needs its passphrase: nobody changes what is stored about a locked account.
 * @returns `locked` if it is locked; `interrupted` if it does not exist
 */
export function runUnlockedChange<T>(
  memory: WorkerMemory,
  accountId: string,
  work: (state: ReadyState, write: Write, account: Account) => Promise<T>,
): Promise<Result<T>> {
  return runChange(memory, async (state, write) => {
    const account = state.accounts.find(({ id }) => id === accountId);
    if (!account) throw new CommandRefused({ kind: 'interrupted' });
    if (isLocked(state, account)) throw new CommandRefused({ kind: 'locked' });
    return work(state, write, account);
  });
}

/**
 * To be called after every wait of work that a lock must end.
 * @throws CommandRefused with `interrupted` if one of the accounts was locked or forgotten since `locks`
 */
export function refuseIfLockedSince(memory: WorkerMemory, locks: LockCount, ...accountIds: string[]): void {
  if (accountIds.some((id) => lockedSince(memory, locks, id)))
    throw new CommandRefused({ kind: 'interrupted' });
}

/** The same for a change that is not one of the accounts. */
export async function toResult<T>(memory: WorkerMemory, change: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await change() };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  } finally {
    // Neither an alarm, a toolbar nor a notification that fails changes what was done.
    await ensureAlarm(memory).catch(() => undefined);
    await renderToolbar(memory).catch(() => undefined);
    await clearNotifications(memory).catch(() => undefined);
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof CommandRefused) return error.problem;
  if (error instanceof StateUnreadable) return { kind: 'unreadable' };
  if (error instanceof AccountLocked) return { kind: 'interrupted' };
  return { kind: error instanceof SettingsUnreadable ? 'settings-unreadable' : 'storage' };
}
