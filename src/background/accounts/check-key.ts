// Trying a key at the exchange before it is kept: does it read the balance, and what else may it do?

import { askMaintenance } from '../../kalshi/exchange-status.ts';
import { askBalance, type BalanceReply } from '../../kalshi/fetch-balance.ts';
import { hostPattern } from '../../kalshi/hosts.ts';
import { askScopes } from '../../kalshi/key-scopes.ts';
import type { Signer } from '../../kalshi/sign.ts';
import { exclusively } from '../../platform/locks.ts';
import type { Problem } from '../../platform/messages.ts';
import { hasAccess } from '../../platform/permissions.ts';
import type { Environment } from '../../portfolio/account.ts';
import { readTries, writeTries } from '../../storage/session.ts';
import { transport } from '../polling/request-context.ts';
import { keyLock, TRIES_LOCK } from './lock-names.ts';

/** What the exchange said to a key. */
export interface Answer {
  reply: BalanceReply;
  /** undefined where it did not say, and where the balance could not be read. */
  told: string[] | undefined;
}

/** No more tries than this in a minute, whatever anyone clicks: each is two requests, or three with a wrong clock. */
export const MAX_TRIES = 5;
const MINUTE = 60_000;

/** Tries a key. @returns the problem, where the exchange was not even asked */
export async function tryAtExchange(environment: Environment, signer: Signer): Promise<Answer | Problem> {
  if (!(await hasAccess(hostPattern(environment)))) {
    return { kind: 'exchange', failure: { kind: 'permission-missing' } };
  }
  const waitMs = await waitForTurn();
  if (waitMs > 0) return { kind: 'too-often', waitMs };
  // Not while the same key is being polled, nor twice at once.
  return exclusively(keyLock(signer.keyId), () => ask(environment, signer));
}

async function ask(environment: Environment, signer: Signer): Promise<Answer> {
  const reply = await askBalance(transport, environment, signer);
  if (reply.ok) {
    const scopes = await askScopes(transport, environment, signer, reply.clockOffset);
    return { reply, told: scopes.kind === 'known' ? scopes.scopes : undefined };
  }
  const { kind } = reply.failure;
  const told =
    kind === 'exchange-error' || kind === 'maintenance'
      ? await askMaintenance(transport, environment)
      : 'open';
  const failure = told && told !== 'open' ? told : reply.failure;
  return { reply: { ...reply, failure }, told: undefined };
}

/** Milliseconds until the next try may be; 0 if it may be now, which is then counted. */
function waitForTurn(): Promise<number> {
  return exclusively(TRIES_LOCK, async () => {
    const now = Date.now();
    const recent = (await readTries()).filter((at) => at <= now && now - at < MINUTE);
    const [oldest = now] = recent;
    if (recent.length >= MAX_TRIES) return oldest + MINUTE - now;
    await writeTries([...recent, now]);
    return 0;
  });
}
