// Trying a key at the exchange before it is kept: does it read the balance, and what else may it do?

import { fetchMaintenance } from '../../kalshi/exchange-status.ts';
import { type BalanceReply, fetchBalance } from '../../kalshi/fetch-balance.ts';
import { hostPattern } from '../../kalshi/hosts.ts';
import { fetchKeyScopes } from '../../kalshi/key-scopes.ts';
import type { Signer } from '../../kalshi/sign.ts';
import { withLock } from '../../platform/locks.ts';
import type { Problem } from '../../platform/messages.ts';
import { hasHostPermission } from '../../platform/permissions.ts';
import type { Environment } from '../../portfolio/account.ts';
import { readKeyChecks, writeKeyChecks } from '../../storage/session.ts';
import { transport } from '../polling/request-context.ts';
import { KEY_CHECKS_LOCK, keyLock } from './lock-names.ts';

/** What the exchange said to a key. */
export interface Answer {
  reply: BalanceReply;
  /** undefined where it did not say, and where the balance could not be read. */
  told: string[] | undefined;
}

/** No more tries than this in a minute, whatever anyone clicks: each is two requests, or three with a wrong clock. */
export const MAX_KEY_CHECKS = 5;
const MINUTE = 60_000;

/** Tries a key. @returns the problem, where the exchange was not even asked */
export async function checkAtExchange(environment: Environment, signer: Signer): Promise<Answer | Problem> {
  if (!(await hasHostPermission(hostPattern(environment)))) {
    return { kind: 'exchange', failure: { kind: 'permission-missing' } };
  }
  const waitMs = await waitForTurn();
  if (waitMs > 0) return { kind: 'too-often', waitMs };
  // Not while the same key is being polled, nor twice at once.
  return withLock(keyLock(signer.keyId), () => ask(environment, signer));
}

async function ask(environment: Environment, signer: Signer): Promise<Answer> {
  const reply = await fetchBalance(transport, environment, signer);
  if (reply.ok) {
    const scopes = await fetchKeyScopes(transport, environment, signer, reply.clockOffset);
    return { reply, told: scopes.kind === 'known' ? scopes.scopes : undefined };
  }
  const { kind } = reply.failure;
  const told =
    kind === 'exchange-error' || kind === 'maintenance'
      ? await fetchMaintenance(transport, environment)
      : 'open';
  const failure = told && told !== 'open' ? told : reply.failure;
  return { reply: { ...reply, failure }, told: undefined };
}

/** Milliseconds until the next try may be; 0 if it may be now, which is then counted. */
function waitForTurn(): Promise<number> {
  return withLock(KEY_CHECKS_LOCK, async () => {
    const now = Date.now();
    const recent = (await readKeyChecks()).filter((at) => at <= now && now - at < MINUTE);
    const [oldest = now] = recent;
    if (recent.length >= MAX_KEY_CHECKS) return oldest + MINUTE - now;
    await writeKeyChecks([...recent, now]);
    return 0;
  });
}
