// Writing down what a poll found: the snapshot, the pace and the log in one piece, then the badge, then the sample for
// history.

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
import { paint, painter } from './badge.ts';
import { ACCOUNTS_LOCK } from './locks.ts';
import { STORE_LIMIT_MS, within } from './within.ts';

/** The accounts that were polled in this life of the background. */
const polled = new Set<string>();

/**
 * Writes that a request is about to be made. Before it is made: a background that dies over and over still asks no
 * more often than it may.
 * @param may whether it may still be made, by what is stored now
 * @returns `not-written` if the browser does not take it: nothing may be asked then; `not-now` if it may not be made, or
 * the account is another by now
 */
export async function recordAttempt(
  asked: Account,
  attempt: Partial<Pace>,
  may: (state: State) => boolean = () => true,
): Promise<'written' | 'not-written' | 'not-now'> {
  const written = await underAccount(asked, async (state) => {
    if (!may(state)) return 'not-now';
    const after = await write(asked, state, { pace: { ...state.paceOf(asked.id), ...attempt } });
    return after ? 'written' : 'not-written';
  });
  return written ?? 'not-now';
}

/**
 * Writes what a poll found, shows it on the toolbar, and appends it to history.
 * @param poll `took`: how long it took, milliseconds; `attemptedAt`: when the exchange was asked before, where this poll
 * was counted and has not asked
 */
export async function record(
  asked: Account,
  reply: BalanceReply,
  why: Why,
  poll: { took: number; attemptedAt?: number },
): Promise<void> {
  const { took, ...attempt } = poll;
  const firstOfLife = !polled.has(asked.id);
  polled.add(asked.id);
  const repaint = painter();
  let shown: Promise<void> | undefined;
  await underAccount(asked, async (state) => {
    const now = Date.now();
    const outcome = reply.ok ? ({ kind: 'ok' } as const) : reply.failure;
    const periodMs = state.settings.periodSeconds * 1000;
    const after = await write(asked, state, {
      snapshot: reply.ok
        ? withFigures(reply.figures)
        : withFailure(state.snapshotOf(asked.id), reply.failure, now),
      pace: paceAfter(
        { ...state.paceOf(asked.id), ...attempt },
        outcome,
        why,
        reply.clockOffset,
        periodMs,
        now,
        Math.random(),
      ),
      log: logAfter(state.logOf(asked.id), outcome, now, Math.round(took), firstOfLife),
      ...(reply.ok && { day: nextDay(state.dayOf(asked.id), reply, periodMs) }),
    });
    if (after) shown = repaint(after);
    await shown?.catch(() => undefined); // a toolbar that refuses keeps nothing out of history
    await append(asked, reply, state);
  });
  await (shown ?? paint());
}

/** Writes the sums of what an account holds. @returns whether they were written */
export async function recordSums(asked: Account, sums: Sums): Promise<boolean> {
  return (await underAccount(asked, async (state) => Boolean(await write(asked, state, { sums })))) ?? false;
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

/** Appends a good answer to an account's history. */
export async function remember(asked: Identity, reply: BalanceReply): Promise<void> {
  await underAccount(asked, (state) => append(asked, reply, state));
}

/** History that cannot be written is noted, and holds nothing up. */
async function append({ id }: Identity, reply: BalanceReply, { settings, failing }: State): Promise<void> {
  if (!reply.ok) return;
  const appended = within(STORE_LIMIT_MS, appendSample(id, sampleOf(reply), settings.periodSeconds * 1000));
  const fails = await appended.then(
    () => false,
    () => true,
  );
  if (fails !== failing.history) await noteFailing('history', fails);
}

/** Writes under an account. @returns the state after it; undefined if the browser does not take it, which is noted */
async function write({ id }: Identity, state: State, change: Under): Promise<State | undefined> {
  try {
    const after = state.after(await writeState({ of: { id, ...change } }));
    if (state.failing.local) await noteFailing('local', false);
    return after;
  } catch {
    await noteFailing('local', true);
    return undefined;
  }
}

/** What there is of one account to be written. */
type Under = Omit<NonNullable<Change['of']>, 'id'>;
type Identity = Pick<Account, 'id' | 'keyRef'>;

/** Does something while nobody else changes accounts; not if this one was forgotten, locked or given another key since it was read. */
function underAccount<T>(
  { id, keyRef }: Identity,
  work: (state: State) => Promise<T>,
): Promise<T | undefined> {
  return exclusively(ACCOUNTS_LOCK, async () => {
    const state = await readState();
    const account = state.accounts.find((each) => each.id === id);
    return account?.keyRef === keyRef && !state.isLocked(account) ? work(state) : undefined;
  });
}
