// One poll of one account: is it allowed → record the attempt → open the key → fetch the balance → perps, and transfers if
// the cash has moved → save → render the toolbar → scopes, holdings and results, if they are due →
// deliver alerts.

import { hasHostPermission } from '../../browser/permissions.ts';
import type { Account } from '../../domain/accounts/account.ts';
import { accountData, isLocked, type ReadyState } from '../../domain/accounts/state.ts';
import {
  isPollAllowed,
  type PollAttempt,
  type PollState,
  type PollTrigger,
} from '../../domain/polling/backoff.ts';
import type { Failure } from '../../domain/polling/outcome.ts';
import { hostPattern } from '../../kalshi/endpoints.ts';
import { readAttempt, writeAttempt } from '../../storage/session.ts';
import { deliverAlerts } from '../alerts/deliver-alerts.ts';
import { openAccountKey } from '../keys/open-key.ts';
import { getReadyState, getState } from '../store.ts';
import { renderToolbar } from '../toolbar.ts';
import { fetchAccountBalance, withoutRequest } from './fetch-balance.ts';
import { fetchBalanceDetails } from './fetch-balance-details.ts';
import { pollingPeriod } from './polling-period.ts';
import { refreshHoldings } from './refresh-holdings.ts';
import { refreshResults } from './refresh-results.ts';
import { refreshScopes } from './refresh-scopes.ts';
import { createPollContext, type PollContext } from './request-context.ts';
import { saveResult } from './save-result.ts';

interface ActivePoll {
  done: Promise<void>;
  abort: AbortController;
  trigger: PollTrigger;
}

/** By account id. */
const activePolls = new Map<string, ActivePoll>();

/**
 * Polls an account, unless it may not be polled yet. If it is being polled already, waits for that; a user's request follows
 * one of the popup, which may refresh only the holdings.
 * The result is in the store; this only ends.
 */
export function poll(accountId: string, trigger: PollTrigger): Promise<void> {
  const active = activePolls.get(accountId);
  if (active) {
    const mayLackBalance = trigger === 'manual' && active.trigger === 'popup';
    return mayLackBalance ? active.done.then(() => poll(accountId, trigger)) : active.done;
  }
  const abort = new AbortController(); // exists before the key is opened, so that a lock finds it
  const done = runPoll(accountId, createPollContext(abort.signal, trigger)).finally(() =>
    activePolls.delete(accountId),
  );
  activePolls.set(accountId, { done, abort, trigger });
  return done;
}

/** Ends the requests of a poll under way. Nothing that they return is written. */
export function abortPoll(accountId: string): void {
  activePolls.get(accountId)?.abort.abort();
}

/** The same for every account. */
export function abortAllPolls(): void {
  for (const { abort } of activePolls.values()) abort.abort();
}

async function runPoll(accountId: string, context: PollContext): Promise<void> {
  const state = await getState();
  const account = state.kind === 'ready' && state.accounts.find(({ id }) => id === accountId);
  if (!account || isLocked(state, account)) return renderToolbar();

  const attempt = await readAttempt(accountId).catch(() => undefined);
  if (!attempt) return saveFailure(account, { kind: 'storage-failed' }, context);
  const pollState: PollState = { ...accountData(state, accountId).backoff, ...attempt };
  if (!(await isAllowed(state, account, pollState, context.trigger))) {
    return pollNotAllowed(state, account, pollState, context);
  }
  if (!(await hasHostPermission(hostPattern(account.environment)))) {
    return saveFailure(account, { kind: 'permission-missing' }, context);
  }

  // Recorded before the request is sent: a background that is killed over and over sends no more than it may.
  const started: PollAttempt = { ...attempt, attemptedAt: Date.now() };
  const recorded = await writeAttempt(accountId, started).then(
    () => true,
    () => false,
  );
  if (!recorded) return saveFailure(account, { kind: 'storage-failed' }, context);

  const key = await openAccountKey(account).catch(() => null);
  if (!key) return saveFailure(account, { kind: key === null ? 'storage-failed' : 'key-missing' }, context);

  const reply = await fetchAccountBalance(account, key, { ...pollState, ...started }, context);
  const details = reply.ok ? await fetchBalanceDetails(account, key, reply, context) : undefined;
  await saveResult(account, reply, details, started, context);
  await renderToolbar();
  if (!reply.ok) return deliverAlerts(account, context.aborted);

  await refreshScopes(account, reply.clockOffset, context);
  if (await refreshHoldings(account, reply.clockOffset, context)) await renderToolbar();
  await refreshResults(account, reply.clockOffset, context);
  await deliverAlerts(account, context.aborted);
}

async function isAllowed(
  state: ReadyState,
  { id }: Account,
  pollState: PollState,
  trigger: PollTrigger,
): Promise<boolean> {
  const periodMs = await pollingPeriod(state.settings);
  const { outcome } = accountData(state, id).snapshot;
  return isPollAllowed(pollState, outcome, periodMs, trigger, Date.now());
}

/** The balance is recent enough; the holdings and the permission are still checked. */
async function pollNotAllowed(
  state: ReadyState,
  account: Account,
  { clockOffset }: PollState,
  context: PollContext,
): Promise<void> {
  if (!(await hasHostPermission(hostPattern(account.environment)))) {
    return saveFailure(account, { kind: 'permission-missing' }, context);
  }
  const { outcome } = accountData(state, account.id).snapshot;
  if (context.trigger === 'popup' && outcome?.kind === 'ok') {
    await refreshHoldings(account, clockOffset, context);
  }
  await renderToolbar(); // the balance may have become outdated since the last time
}

/** Saves a failure for which no request was sent. */
async function saveFailure(account: Account, failure: Failure, context: PollContext): Promise<void> {
  const { clockOffset } = accountData(await getReadyState(), account.id).backoff;
  await saveResult(account, withoutRequest(failure, clockOffset), undefined, undefined, context);
  await renderToolbar();
  await deliverAlerts(account, context.aborted);
}
