// Refreshing what a key is allowed to do: its owner can change that at Kalshi.

import { moneyIdOf } from '../../domain/accounts/account.ts';
import { SEEMS_BALANCE_ONLY } from '../../domain/accounts/key-scopes.ts';
import { connectedKeyIds } from '../../domain/accounts/state.ts';
import { DAY_MS } from '../../domain/durations.ts';
import { fetchKeyScopes } from '../../kalshi/key-scopes.ts';
import { isRefusedReadList } from '../../kalshi/reads-balance-only.ts';
import { getReadyState, updateAccount } from '../store.ts';
import { openRequestContext, type PollContext } from './request-context.ts';

/** Once a day. Milliseconds. */
const INTERVAL_MS = DAY_MS;

/**
 * Fetches the scopes of an account's key if the last response is a day old. A refusal leaves what was known before, and
 * where nothing was known, it may show that the key reads the balance only. A request that fails is repeated with the
 * next good poll.
 */
export async function refreshScopes(context: PollContext, clockOffset: number): Promise<void> {
  const { memory, account, aborted } = context;
  const now = Date.now();
  if (Math.abs(now - account.scopesAt) < INTERVAL_MS) return;
  const requests = await openRequestContext(context, clockOffset);
  if (!requests) return;
  const { environment, keyId } = account;
  const others = connectedKeyIds(await getReadyState(memory), environment).filter((id) => id !== keyId);
  const reply = await fetchKeyScopes(requests, others);
  if (reply.kind === 'failed') return;
  const isBalanceOnly =
    reply.kind === 'refused' && account.scopes === null && (await isRefusedReadList(requests));
  await updateAccount(memory, account, aborted, (current, all) => ({
    ...current,
    ...(reply.kind === 'known' && {
      scopes: reply.scopes,
      moneyId: moneyIdOf(current, reply.sameMoney, all),
      expiresAt: reply.expiresAt,
    }),
    ...(isBalanceOnly && { scopes: [...SEEMS_BALANCE_ONLY] }),
    ...(reply.isRestrictedToSubaccount && { isRestrictedToSubaccount: true }),
    scopesAt: now,
  })).catch(() => undefined); // not stored, it is fetched again
}
