// One poll of one account: is it allowed → record the attempt → open the key → fetch the balance → save → render the toolbar →
// perps, and transfers if the cash has moved, side by side → save → render the toolbar → scopes, holdings and results, if they
// are due → deliver alerts.

import { accountData, isLocked, type ReadyState } from '../../domain/accounts/state.ts';
import {
  isPollAllowed,
  type PollAttempt,
  type PollState,
  type PollTrigger,
} from '../../domain/polling/backoff.ts';
import { hostsToTry, preferredHost } from '../../domain/polling/host-choice.ts';
import type { Failure } from '../../domain/polling/outcome.ts';
import { readAttempt, writeAttempt } from '../../storage/session.ts';
import { deliverAlerts } from '../alerts/deliver-alerts.ts';
import { openAccountKey } from '../keys/open-key.ts';
import { getReadyState, getState } from '../store.ts';
import { renderToolbar } from '../toolbar.ts';
import type { WorkerMemory } from '../worker-memory.ts';
import { fetchAccountBalance, withoutRequest } from './fetch-balance.ts';
import { fetchBalanceDetails } from './fetch-balance-details.ts';
import { grantedHosts, rememberHost } from './hosts.ts';
import { pollingPeriod } from './polling-period.ts';
import { refreshHoldings } from './refresh-holdings.ts';
import { refreshResults } from './refresh-results.ts';
import { refreshScopes } from './refresh-scopes.ts';
import { type PollContext, startPollClock } from './request-context.ts';
import { saveDetails, saveResult } from './save-result.ts';

/**
 * Polls an account, unless it may not be polled yet. If it is being polled already, waits for that; a user's request follows
 * one of the popup, which may refresh only the holdings.
 * The result is in the store; this only ends.
 */
export function poll(memory: WorkerMemory, accountId: string, trigger: PollTrigger): Promise<void> {
  const { activePolls } = memory;
  const active = activePolls.get(accountId);
  if (active) {
    const mayLackBalance = trigger === 'manual' && active.trigger === 'popup';
    return mayLackBalance ? active.done.then(() => poll(memory, accountId, trigger)) : active.done;
  }
  const abort = new AbortController(); // exists before the key is opened, so that a lock finds it
  const clock = startPollClock(abort.signal);
  const done = runPoll(accountId, { memory, trigger, ...clock }).finally(() => activePolls.delete(accountId));
  activePolls.set(accountId, { done, abort, trigger });
  return done;
}

/** Ends the requests of a poll under way. Nothing that they return is written. */
export function abortPoll({ activePolls }: WorkerMemory, accountId: string): void {
  activePolls.get(accountId)?.abort.abort();
}

/** The same for every account. */
export function abortAllPolls({ activePolls }: WorkerMemory): void {
  for (const { abort } of activePolls.values()) abort.abort();
}

async function runPoll(accountId: string, begun: Omit<PollContext, 'account' | 'host'>): Promise<void> {
  const { memory } = begun;
  const state = await getState(memory);
  const account = state.kind === 'ready' && state.accounts.find(({ id }) => id === accountId);
  if (!account || isLocked(state, account)) return renderToolbar(memory);

  const { environment } = account;
  const preferred = preferredHost(state.hosts, environment, Date.now());
  const context: PollContext = { ...begun, account, host: preferred };
  const attempt = await readAttempt(accountId).catch(() => undefined);
  if (!attempt) return saveFailure(context, { kind: 'storage-failed' });
  const pollState: PollState = { ...accountData(state, accountId).backoff, ...attempt };
  if (!(await isAllowed(context, state, pollState))) return pollNotAllowed(context, state, pollState);
  const granted = await grantedHosts(environment);
  if (granted.length === 0) return saveFailure(context, { kind: 'permission-missing' });

  // Recorded before the request is sent: a background that is killed over and over sends no more than it may.
  const started: PollAttempt = { ...attempt, attemptedAt: Date.now() };
  const recorded = await writeAttempt(accountId, started).then(
    () => true,
    () => false,
  );
  if (!recorded) return saveFailure(context, { kind: 'storage-failed' });

  const key = await openAccountKey(account).catch(() => null);
  if (!key) return saveFailure(context, { kind: key === null ? 'storage-failed' : 'key-missing' });

  const hosts = hostsToTry(granted, preferred, pollState.failures);
  const reply = await fetchAccountBalance(context, key, { ...pollState, ...started }, hosts);
  const reached: PollContext = { ...context, host: reply.host };
  const due = await saveResult(reached, reply, started);
  await renderToolbar(memory);
  if (!reply.ok) return deliverAlerts(reached);
  if (due) {
    const details = await fetchBalanceDetails(reached, key, reply.clockOffset, due);
    await saveDetails(reached, reply, due, details);
    await renderToolbar(memory);
  }

  await rememberHost(memory, environment, hosts, reply);
  await refreshScopes(reached, reply.clockOffset);
  const cashBefore = accountData(state, accountId).snapshot.figures?.cash;
  const cashMoved = cashBefore !== undefined && cashBefore !== reply.figures.cash;
  if (await refreshHoldings(reached, reply.clockOffset, cashMoved)) await renderToolbar(memory);
  await refreshResults(reached, reply.clockOffset);
  await deliverAlerts(reached);
}

async function isAllowed(
  { account: { id }, trigger }: PollContext,
  state: ReadyState,
  pollState: PollState,
): Promise<boolean> {
  const periodMs = await pollingPeriod(state.settings);
  const { outcome } = accountData(state, id).snapshot;
  return isPollAllowed(pollState, outcome, { periodMs, trigger, now: Date.now() });
}

/** The balance is recent enough; the holdings and the permission are still checked. */
async function pollNotAllowed(
  context: PollContext,
  state: ReadyState,
  { clockOffset }: PollState,
): Promise<void> {
  const { memory, account } = context;
  const granted = await grantedHosts(account.environment);
  if (granted.length === 0) return saveFailure(context, { kind: 'permission-missing' });
  const { outcome } = accountData(state, account.id).snapshot;
  if (context.trigger === 'popup' && outcome?.kind === 'ok') {
    const [host = context.host] = hostsToTry(granted, context.host, 0);
    await refreshHoldings({ ...context, host }, clockOffset);
  }
  await renderToolbar(memory); // the balance may have become outdated since the last time
}

/** Saves a failure for which no request was sent. */
async function saveFailure(context: PollContext, failure: Failure): Promise<void> {
  const { memory, account } = context;
  const { clockOffset } = accountData(await getReadyState(memory), account.id).backoff;
  await saveResult(context, withoutRequest(failure, clockOffset));
  await renderToolbar(memory);
  await deliverAlerts(context);
}
