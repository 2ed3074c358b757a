// The balance of an account; and if the exchange returns an error, whether it is down for maintenance.

import { accountData } from '../../domain/accounts/state.ts';
import { isStatusCheckAllowed, type PollState } from '../../domain/polling/backoff.ts';
import type { HostName } from '../../domain/polling/host-choice.ts';
import type { Failure } from '../../domain/polling/outcome.ts';
import { fetchMaintenance } from '../../kalshi/exchange-status.ts';
import { fetchBalanceFrom, type HostReply } from '../../kalshi/failover.ts';
import type { BalanceReply } from '../../kalshi/fetch-balance.ts';
import { writeAttempt } from '../../storage/session.ts';
import { withKeyLock } from '../keys/key-lock.ts';
import { getReadyState } from '../store.ts';
import { type PollContext, requestContext } from './request-context.ts';

/** Fetches the balance from the first of these hosts that answers. Never throws: a key that does not sign is `key-missing`. */
export async function fetchAccountBalance(
  context: PollContext,
  key: CryptoKey,
  pollState: PollState,
  hosts: readonly HostName[],
): Promise<HostReply> {
  const { memory, account, trigger } = context;
  const { clockOffset } = pollState;
  const requests = requestContext(context, key, clockOffset);
  const reply = await withKeyLock(memory, account.keyId, () => fetchBalanceFrom(requests, hosts)).catch(
    () => ({ ...withoutRequest({ kind: 'key-missing' }, clockOffset), host: requests.host }),
  );
  if (reply.ok || reply.failure.kind !== 'exchange-error') return reply;

  const now = Date.now();
  if (!isStatusCheckAllowed(pollState, { trigger, now })) {
    const known = await lastOutcome(context);
    return known?.kind === 'maintenance' ? { ...reply, failure: known } : reply;
  }
  const { attemptedAt } = pollState;
  await writeAttempt(account.id, { attemptedAt, statusCheckedAt: now }).catch(() => undefined);
  const maintenance = await fetchMaintenance({ ...requests, host: reply.host });
  return maintenance && maintenance !== 'open' ? { ...reply, failure: maintenance } : reply;
}

async function lastOutcome({ memory, account }: PollContext) {
  return accountData(await getReadyState(memory), account.id).snapshot.outcome;
}

/** The reply that stands for a request that was not sent. */
export function withoutRequest(failure: Failure, clockOffset: number): BalanceReply & { ok: false } {
  return { ok: false, failure, clockOffset, answeredAt: Date.now() };
}
