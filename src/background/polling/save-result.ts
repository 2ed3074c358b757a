// Writing down what a poll found: the snapshot, the pace and the log in one piece, then the badge, then the sample for
// history.

import type { BalanceReply } from '../../kalshi/fetch-balance.ts';
import { midnightBefore } from '../../platform/clock.ts';
import { withLock } from '../../platform/locks.ts';
import type { Account } from '../../portfolio/account.ts';
import { nextBackoff, type PollBackoff, type PollTrigger } from '../../portfolio/backoff.ts';
import { addSampleToDay, type Day } from '../../portfolio/daily-change.ts';
import type { Sample } from '../../portfolio/history.ts';
import type { Holdings, HoldingsSummary } from '../../portfolio/holdings.ts';
import { addToPollLog } from '../../portfolio/poll-log.ts';
import { snapshotWithBalance, snapshotWithFailure } from '../../portfolio/snapshot.ts';
import { appendSample } from '../../storage/history-store.ts';
import { writeHoldings } from '../../storage/holdings-store.ts';
import { setStorageFailing } from '../../storage/session.ts';
import { type ReadyState, readState } from '../../storage/state.ts';
import { type Change, writeState } from '../../storage/write-state.ts';
import { ACCOUNTS_LOCK } from '../accounts/lock-names.ts';
import { paint, painter } from '../toolbar.ts';

/** The accounts that were polled in this life of the background. */
const polled = new Set<string>();

/**
 * Writes that a request is about to be made. Before it is made: a background that dies over and over still asks no
 * more often than it may.
 * @param end aborted when the account is locked or forgotten: nothing is written then
 * @param may whether it may still be made, by what is stored now
 * @returns `not-written` if the browser does not take it: nothing may be asked then; `not-now` if it may not be made, or
 * the account is another by now
 */
export async function recordAttempt(
  asked: Account,
  attempt: Partial<PollBackoff>,
  end: AbortSignal,
  may: (state: ReadyState) => boolean = () => true,
): Promise<'written' | 'not-written' | 'not-now'> {
  const written = await underAccount(asked, end, async (state) => {
    if (!may(state)) return 'not-now';
    const after = await write(asked, state, { pace: { ...state.backoffOf(asked.id), ...attempt } });
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
  why: PollTrigger,
  end: AbortSignal,
  poll: { took: number; attemptedAt?: number },
): Promise<void> {
  const { took, ...attempt } = poll;
  const firstOfLife = !polled.has(asked.id);
  polled.add(asked.id);
  const repaint = painter();
  let shown: Promise<void> | undefined;
  await underAccount(asked, end, async (state) => {
    const now = Date.now();
    const outcome = reply.ok ? ({ kind: 'ok' } as const) : reply.failure;
    const periodMs = state.settings.periodSeconds * 1000;
    const after = await write(asked, state, {
      snapshot: reply.ok
        ? snapshotWithBalance(reply.figures)
        : snapshotWithFailure(state.snapshotOf(asked.id), reply.failure, now),
      pace: nextBackoff(
        { ...state.backoffOf(asked.id), ...attempt },
        outcome,
        why,
        reply.clockOffset,
        periodMs,
        now,
        Math.random(),
      ),
      log: addToPollLog(state.pollLogOf(asked.id), outcome, now, Math.round(took), firstOfLife),
      ...(reply.ok && { day: nextDay(state.dayOf(asked.id), reply, periodMs) }),
    });
    if (after) shown = repaint(after);
    await shown?.catch(() => undefined); // a toolbar that refuses keeps nothing out of history
    if (!end.aborted) await append(asked, reply, state);
  });
  await (shown ?? paint());
}

/**
 * Writes what an account holds: the rows first, because the pages read them when they see the sums change.
 * @param holdings null leaves the rows as they are
 * @returns whether the sums were written
 */
export async function recordHoldings(
  asked: Account,
  end: AbortSignal,
  sums: HoldingsSummary,
  holdings: Holdings | null = null,
): Promise<boolean> {
  const written = await underAccount(asked, end, async (state) => {
    if (holdings) await writeHoldings(asked.id, holdings).catch(() => undefined);
    return !end.aborted && Boolean(await write(asked, state, { sums }));
  });
  return written ?? false;
}

/** Writes what Kalshi said about what a key may do. A refusal to say leaves what was known before. */
export async function recordScopes(
  asked: Account,
  end: AbortSignal,
  { scopes, scopesAt }: Partial<Pick<Account, 'scopes'>> & Pick<Account, 'scopesAt'>,
): Promise<void> {
  await underAccount(asked, end, async (state) => {
    const renewed = state.accounts.map((account) =>
      account.id === asked.id ? { ...account, ...(scopes && { scopes }), scopesAt } : account,
    );
    await writeState(state, { accounts: renewed });
  });
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
  return addSampleToDay(before, sampleOf(reply), midnightBefore(reply.answeredAt), periodMs);
}

/** Appends a good answer to an account's history. */
export async function remember(asked: Identity, reply: BalanceReply): Promise<void> {
  await underAccount(asked, null, (state) => append(asked, reply, state));
}

/** History that cannot be written is noted, and holds nothing up. */
async function append(
  { id }: Identity,
  reply: BalanceReply,
  { settings, failing }: ReadyState,
): Promise<void> {
  if (!reply.ok) return;
  const appended = appendSample(id, sampleOf(reply), settings.periodSeconds * 1000);
  const fails = await appended.then(
    () => false,
    () => true,
  );
  if (fails !== failing.history) await setStorageFailing('history', fails);
}

/** Writes under an account. @returns the state after it; undefined if the browser does not take it, which is noted */
async function write({ id }: Identity, state: ReadyState, change: Under): Promise<ReadyState | undefined> {
  try {
    const after = state.after(await writeState(state, { of: { id, ...change } }));
    if (state.failing.local) await setStorageFailing('local', false);
    return after;
  } catch {
    await setStorageFailing('local', true);
    return undefined;
  }
}

/** What there is of one account to be written. */
type Under = Omit<NonNullable<Change['of']>, 'id'>;
type Identity = Pick<Account, 'id' | 'keyRef'>;

/**
 * Does something while nobody else changes accounts; not if this one was forgotten, locked or given another key since
 * it was read, or nobody knows.
 */
function underAccount<T>(
  { id, keyRef }: Identity,
  end: AbortSignal | null,
  work: (state: ReadyState) => Promise<T>,
): Promise<T | undefined> {
  return withLock(ACCOUNTS_LOCK, async () => {
    const state = await readState();
    const account = state.kind === 'ready' && state.accounts.find((each) => each.id === id);
    if (!account || account.keyRef !== keyRef || state.isLocked(account) || end?.aborted) return undefined;
    return work(state);
  });
}
