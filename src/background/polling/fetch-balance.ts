// What one poll asks of the exchange: the balance, and the exchange's own state where that explains why there is none.

import type { Transport } from '../../kalshi/client.ts';
import { fetchMaintenance } from '../../kalshi/exchange-status.ts';
import { type BalanceReply, fetchBalance } from '../../kalshi/fetch-balance.ts';
import type { Account } from '../../portfolio/account.ts';
import { nextQuestion, type PollBackoff, type PollTrigger, type Said } from '../../portfolio/backoff.ts';
import type { Failure, Outcome } from '../../portfolio/outcome.ts';
import { openAccountKey } from '../accounts/open-key.ts';
import type { PollContext } from './request-context.ts';
import { recordAttempt } from './save-result.ts';

/** Opens the key of an account for one request. Gives undefined if there is none, null if the store does not open. */
export function openForOne(account: Account): Promise<CryptoKey | null | undefined> {
  return openAccountKey(account).catch(() => null);
}

export interface Asking {
  /** As `openForOne` opens it. */
  key: Promise<CryptoKey | null | undefined>;
  /** Whether the browser lets us reach the host. */
  access: Promise<boolean>;
  /** As `recordAttempt` counts it. What cannot be counted is not sent. */
  counting: ReturnType<typeof recordAttempt>;
  /** As they were before. */
  pace: PollBackoff;
  before: Outcome | null;
  why: PollTrigger;
  context: PollContext;
}

/** What came of it, and whether the exchange was asked at all. */
export interface Asked {
  reply: BalanceReply;
  sent: boolean;
}

/**
 * Asks.
 * @returns null if somebody else has asked in between, or the account is another by now
 */
export async function ask(account: Account, asking: Asking): Promise<Asked | null> {
  const { counting } = asking;
  const unsent = (failure: Failure) => ({ reply: failed(failure, asking.pace), sent: false });
  const [key, access] = await Promise.all([asking.key, asking.access]);
  if (!access) return unsent({ kind: 'permission-missing' });
  if (key === null) return unsent({ kind: 'storage-failed' });
  if (!key) return unsent({ kind: 'key-missing' });
  const { transport } = asking.context;
  const countAndSum: Transport = {
    ...transport,
    async fetch(url, init) {
      if ((await counting) !== 'written') throw new Error('not counted');
      return transport.fetch(url, init);
    },
  };
  try {
    const reply = await askWith(key, account, asking, countAndSum);
    const count = await counting;
    if (count === 'not-written') return unsent({ kind: 'storage-failed' });
    return count === 'written' ? { reply, sent: true } : null;
  } catch {
    return unsent({ kind: 'key-missing' }); // what the vault holds does not sign
  }
}

async function askWith(
  key: CryptoKey,
  account: Account,
  { pace, before, why, context: { end } }: Asking,
  transport: Transport,
): Promise<BalanceReply> {
  const { environment, keyId } = account;
  const said: Said = {};
  let reply: BalanceReply | undefined;
  const next = () => nextQuestion(before, said, pace, why, Date.now());
  for (let question = next(); question; question = next()) {
    if (question === 'balance') {
      reply = await fetchBalance(transport, environment, { keyId, key }, pace.clockOffset);
      said.balance = reply.ok ? { kind: 'ok' } : reply.failure;
    } else {
      const countAndSum = (await recordAttempt(account, { statusAskedAt: Date.now() }, end)) === 'written';
      const told = countAndSum ? await fetchMaintenance(transport, environment) : undefined;
      said.status = told && told !== 'open' ? told : null;
    }
  }
  const { status } = said;
  if (status?.kind === 'maintenance')
    return { ...failed(status, pace), ...(reply && { clockOffset: reply.clockOffset }) };
  return reply ?? failed({ kind: 'offline' }, pace); // there is none only where the exchange said maintenance
}

/** An answer that says why there is no figure. */
export function failed(failure: Failure, { clockOffset }: PollBackoff): BalanceReply & { ok: false } {
  return { ok: false, failure, clockOffset, answeredAt: Date.now() };
}
