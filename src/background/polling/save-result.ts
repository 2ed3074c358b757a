// Saving what a poll found: the account's record in one write, then the sample for the history.

import type { ReadyState } from '../../domain/accounts/state.ts';
import { addSampleToDay, type Day } from '../../domain/balance/daily-change.ts';
import type { Sample } from '../../domain/balance/history.ts';
import { withPerps } from '../../domain/balance/perps.ts';
import { snapshotWithBalance, snapshotWithFailure } from '../../domain/balance/snapshot.ts';
import { midnightBefore } from '../../domain/calendar.ts';
import { NO_ATTEMPT, nextBackoff, type PollAttempt } from '../../domain/polling/backoff.ts';
import { addToPollLog } from '../../domain/polling/poll-log.ts';
import type { BalanceReply } from '../../kalshi/fetch-balance.ts';
import { appendSample } from '../../storage/records/history.ts';
import { openRecords, type RecordsOwner } from '../../storage/records/open-records.ts';
import { alertsAfterPoll } from '../alerts/observe-poll.ts';
import {
  type AccountIdentity,
  getState,
  setStorageFailing,
  updateAccountData,
  whileAccountIsCurrent,
} from '../store.ts';
import type { WorkerMemory } from '../worker-memory.ts';
import type { BalanceDetails } from './fetch-balance-details.ts';
import type { PollContext } from './request-context.ts';

/**
 * Saves the result of a poll, unless the account was locked, forgotten or given another key meanwhile.
 * @param details undefined if they were not requested
 * @param attempt when the request was started; undefined if none was
 */
export async function saveResult(
  { memory, account, trigger, startedAt, aborted }: PollContext,
  received: BalanceReply,
  details?: BalanceDetails,
  attempt?: PollAttempt,
): Promise<void> {
  const { polledAccounts } = memory;
  const firstOfLifetime = !polledAccounts.has(account.id);
  polledAccounts.add(account.id);
  let reply = received;
  const saved = await updateAccountData(memory, account, aborted, async (data, { settings }) => {
    const now = Date.now();
    const periodMs = settings.periodSeconds * 1000;
    const perps = details?.perps ?? data.perps;
    reply = received.ok ? { ...received, figures: withPerps(received.figures, perps) } : received;
    const outcome = reply.ok ? ({ kind: 'ok' } as const) : reply.failure;
    const before = { ...data.backoff, ...(attempt ?? NO_ATTEMPT) };
    const duration = Math.round(performance.now() - startedAt);
    const changed = {
      snapshot: reply.ok
        ? snapshotWithBalance(reply.figures)
        : snapshotWithFailure(data.snapshot, reply.failure, now),
      backoff: nextBackoff(before, outcome, reply.clockOffset, {
        periodMs,
        trigger,
        now,
        random: Math.random(),
      }),
      pollLog: addToPollLog(data.pollLog, outcome, now, duration, firstOfLifetime),
      ...details,
      ...(reply.ok && { day: nextDay(data.day, reply, periodMs) }),
    };
    // Decided on what is stored, in the same write.
    const alerts = await alertsAfterPoll(account, { ...data, ...changed }, outcome, now);
    return { ...changed, ...(alerts && { alerts }) };
  }).catch(() => null);
  if (saved === undefined) return; // the account is locked, or another by now
  await setStorageFailing(memory, 'local', saved === null);
  if (saved) await appendToHistory(memory, account, aborted, reply);
}

/** A good reply as the history keeps it: by the exchange's clock. */
function sampleOf({
  figures: { at: _, ...amounts },
  answeredAt,
}: BalanceReply & { ok: true }): Omit<Sample, 'gap'> {
  return { at: answeredAt, ...amounts };
}

/** The day of an account after a good reply. */
export function nextDay(before: Day | null, reply: BalanceReply & { ok: true }, periodMs: number): Day {
  return addSampleToDay(before, sampleOf(reply), midnightBefore(reply.answeredAt), periodMs);
}

/** Appends a good reply to the history, under the conditions of `saveResult`. A failure is recorded and delays nothing. */
export async function appendToHistory(
  memory: WorkerMemory,
  account: AccountIdentity & RecordsOwner,
  aborted: AbortSignal | null,
  reply: BalanceReply,
): Promise<void> {
  if (!reply.ok) return;
  const sample = sampleOf(reply);
  const append = async ({ settings }: Pick<ReadyState, 'settings'>) =>
    appendSample(await openRecords(account), sample, settings.periodSeconds * 1000);
  const failed = await whileAccountIsCurrent(memory, account, aborted, append).then(
    () => false,
    () => true,
  );
  await getState(memory);
  await setStorageFailing(memory, 'history', failed);
}
