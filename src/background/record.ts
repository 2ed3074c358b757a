// Writing down what a poll found: the snapshot, the pace and the log in one piece, then the sample for history.

import type { BalanceReply } from '../kalshi/balance.ts';
import { midnightBefore } from '../platform/clock.ts';
import { appendSample } from '../platform/history.ts';
import { exclusively } from '../platform/lock.ts';
import { noteFailing } from '../platform/session.ts';
import { readState, type State } from '../platform/state.ts';
import { type Change, writeState } from '../platform/write-state.ts';
import type { Account } from '../portfolio/account.ts';
import { type Day, dayAfter } from '../portfolio/day.ts';
import type { Sample } from '../portfolio/history.ts';
import type { Sums } from '../portfolio/holdings.ts';
import { logAfter } from '../portfolio/log.ts';
import { type Pace, paceAfter, type Why } from '../portfolio/pace.ts';
import { withFailure, withFigures } from '../portfolio/snapshot.ts';
import { ACCOUNTS_LOCK } from './locks.ts';
import { STORE_LIMIT_MS, within } from './within.ts';

/** The accounts that were polled in this life of the background. */
const polled = new Set<string>();

/**
 * Writes that a request is about to be made. Before it is made: a background that dies over and over still asks no
 * more often than it may.
 * @returns whether it was written; if not, nothing may be asked
 */
export function recordAttempt(asked: Account, attempt: Partial<Pace>): Promise<boolean> {
  return writeFor(asked, (state) => ({ pace: { ...state.paceOf(asked.id), ...attempt } }));
}

/** Writes what a poll found. `took`: how long it took, milliseconds. */
export async function record(asked: Account, reply: BalanceReply, why: Why, took: number): Promise<void> {
  const firstOfLife = !polled.has(asked.id);
  polled.add(asked.id);
  await writeFor(asked, (state) => {
    const now = Date.now();
    const outcome = reply.ok ? ({ kind: 'ok' } as const) : reply.failure;
    const periodMs = state.settings.periodSeconds * 1000;
    return {
      snapshot: reply.ok
        ? withFigures(reply.figures)
        : withFailure(state.snapshotOf(asked.id), reply.failure, now),
      pace: paceAfter(state.paceOf(asked.id), outcome, why, reply.clockOffset, periodMs, now, Math.random()),
      log: logAfter(state.logOf(asked.id), outcome, now, Math.round(took), firstOfLife),
      ...(reply.ok && { day: nextDay(state.dayOf(asked.id), reply, periodMs) }),
    };
  });
}

/** Writes the sums of what an account holds. @returns whether they were written */
export function recordSums(asked: Account, sums: Sums): Promise<boolean> {
  return writeFor(asked, () => ({ sums }));
}

/** A good answer as history keeps it: by the exchange's clock. */
function sampleOf({
  figures: { cash, positions },
  answeredAt,
}: BalanceReply & { ok: true }): Omit<Sample, 'gap'> {
  return { at: answeredAt, cash, positions };
}

/** The day of an account after a good answer. */
export function nextDay(before: Day | null, reply: BalanceReply & { ok: true }, periodMs: number): Day {
  return dayAfter(before, sampleOf(reply), midnightBefore(reply.answeredAt), periodMs);
}

/** Appends a good answer to an account's history. History that cannot be written is noted, and holds nothing up. */
export async function remember(asked: Pick<Account, 'id' | 'keyRef'>, reply: BalanceReply): Promise<void> {
  if (!reply.ok) return;
  await exclusively(ACCOUNTS_LOCK, async () => {
    const state = await readState();
    if (!isStill(asked, state)) return;
    const appended = within(
      STORE_LIMIT_MS,
      appendSample(asked.id, sampleOf(reply), state.settings.periodSeconds * 1000),
    );
    await appended.then(
      () => noteFailing('history', false),
      () => noteFailing('history', true),
    );
  });
}

/**
 * Writes under an account, unless it was forgotten, locked or given another key since it was read.
 * @returns whether it was written
 */
async function writeFor(
  asked: Account,
  change: (state: State) => Omit<NonNullable<Change['of']>, 'id'>,
): Promise<boolean> {
  return exclusively(ACCOUNTS_LOCK, async () => {
    const state = await readState();
    if (!isStill(asked, state)) return false;
    try {
      await writeState({ of: { id: asked.id, ...change(state) } });
      await noteFailing('local', false);
      return true;
    } catch {
      await noteFailing('local', true);
      return false;
    }
  });
}

function isStill({ id, keyRef }: Pick<Account, 'id' | 'keyRef'>, state: State): boolean {
  const account = state.accounts.find((each) => each.id === id);
  return account !== undefined && account.keyRef === keyRef && !state.isLocked(account);
}
