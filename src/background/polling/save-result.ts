// Saving what a poll found: the account's record, then the sample for the history. The balance is saved as soon as it is there,
// what it needs besides itself after that.

import type { Account } from '../../domain/accounts/account.ts';
import type { AccountData } from '../../domain/accounts/account-data.ts';
import { canReadPortfolio } from '../../domain/accounts/key-scopes.ts';
import type { ReadyState } from '../../domain/accounts/state.ts';
import { addSampleToDay, type Day } from '../../domain/balance/daily-change.ts';
import type { Sample } from '../../domain/balance/history.ts';
import { withPerps } from '../../domain/balance/perps.ts';
import { snapshotWithBalance, snapshotWithFailure } from '../../domain/balance/snapshot.ts';
import { type TransferList, transfersAfterBalance } from '../../domain/balance/transfer-list.ts';
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
import {
  type BalanceDetails,
  type DetailsDue,
  detailsDue,
  knownAfterDetails,
} from './fetch-balance-details.ts';
import type { PollContext } from './request-context.ts';

/**
 * Saves the result of a poll, unless the account was locked, forgotten or given another key meanwhile. If its total may still
 * change, the sample is left to `saveDetails`.
 * @param attempt when the request was started; undefined if none was
 * @returns what is due before the figures are confirmed; null for nothing, or if nothing was saved
 */
export async function saveResult(
  { memory, account, trigger, startedAt, aborted }: PollContext,
  received: BalanceReply,
  attempt?: PollAttempt,
): Promise<DetailsDue | null> {
  const { polledAccounts } = memory;
  const firstOfLifetime = !polledAccounts.has(account.id);
  polledAccounts.add(account.id);
  let reply = received;
  let due: DetailsDue | null = null;
  const saved = await updateAccountData(memory, account, aborted, async (data, { settings }) => {
    const now = Date.now();
    const periodMs = settings.periodSeconds * 1000;
    reply = received.ok ? { ...received, figures: withPerps(received.figures, data.perps) } : received;
    const outcome = reply.ok ? ({ kind: 'ok' } as const) : reply.failure;
    const before = { ...data.backoff, ...(attempt ?? NO_ATTEMPT) };
    const duration = Math.round(performance.now() - startedAt);
    const random = Math.random();
    const polled = {
      backoff: nextBackoff(before, outcome, reply.clockOffset, { periodMs, trigger, now, random }),
      pollLog: addToPollLog(data.pollLog, outcome, now, duration, firstOfLifetime),
      snapshot: reply.ok
        ? snapshotWithBalance(reply.figures)
        : snapshotWithFailure(data.snapshot, reply.failure, now),
    };
    const transfers = reply.ok ? nextTransfers(account, data, reply, now) : data.transfers;
    due = reply.ok ? detailsDue(account, { ...data, transfers }, now) : null;
    const day = reply.ok && !waitsForTotal(due) ? nextDay(data.day, reply, periodMs) : data.day;
    const changed = { ...polled, transfers, day };
    // Decided on what is stored, in the same write.
    const alerts = await alertsAfterPoll(account, { ...data, ...changed }, outcome, now);
    return { ...changed, ...(alerts && { alerts }) };
  }).catch(() => null);
  if (saved === undefined) return null; // the account is locked, or another by now
  await setStorageFailing(memory, 'local', saved === null);
  if (!saved) return null;
  if (!waitsForTotal(due)) await appendToHistory(memory, account, aborted, reply);
  return due;
}

/** Whether the total may still change, so that it is no sample yet. */
function waitsForTotal(due: DetailsDue | null): boolean {
  return due?.perps === true;
}

/**
 * Saves what belongs to a good balance, and decides the alerts that had to wait for it.
 * @param received the balance
 * @param due as `saveResult` returned it
 */
export async function saveDetails(
  { memory, account, aborted }: PollContext,
  received: BalanceReply & { ok: true },
  due: DetailsDue,
  details: BalanceDetails,
): Promise<void> {
  let reply = received;
  const saved = await updateAccountData(memory, account, aborted, async (data, { settings }) => {
    const now = Date.now();
    const known = knownAfterDetails(data, details, now);
    reply = { ...received, figures: withPerps(received.figures, known.perps) };
    const day = waitsForTotal(due) ? nextDay(data.day, reply, settings.periodSeconds * 1000) : data.day;
    const changed = { ...known, day, snapshot: snapshotWithBalance(reply.figures) };
    const alerts = await alertsAfterPoll(account, { ...data, ...changed }, { kind: 'ok' }, now);
    return { ...changed, ...(alerts && { alerts }) };
  }).catch(() => null);
  if (saved === undefined) return;
  await setStorageFailing(memory, 'local', saved === null);
  if (saved && waitsForTotal(due)) await appendToHistory(memory, account, aborted, reply);
}

/** What is known about transfers after a good reply. Times by the exchange's clock, as those of samples. */
function nextTransfers(
  { scopes }: Account,
  { snapshot, day, transfers }: AccountData,
  { figures, answeredAt }: BalanceReply & { ok: true },
  now: number,
): TransferList | null {
  if (!canReadPortfolio(scopes)) return null;
  const at = day?.points.at(-1)?.at;
  const before = snapshot.figures && at !== undefined ? { amounts: snapshot.figures, at } : null;
  return transfersAfterBalance(transfers, { before, after: { amounts: figures, at: answeredAt } }, now);
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
