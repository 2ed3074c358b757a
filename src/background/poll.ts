// One poll of one account: open key → sign → GET → decode → record → paint.

import { askBalance, type BalanceReply } from '../kalshi/balance.ts';
import { hostPattern } from '../kalshi/hosts.ts';
import { askMaintenance } from '../kalshi/status.ts';
import { exclusively, ifFree } from '../platform/lock.ts';
import { hasAccess } from '../platform/permissions.ts';
import { readState } from '../platform/state.ts';
import type { Account } from '../portfolio/account.ts';
import { positionsValue, type Sums } from '../portfolio/holdings.ts';
import type { Failure, Outcome } from '../portfolio/outcome.ts';
import { mayPoll, nextQuestion, type Pace, type Said, type Why } from '../portfolio/pace.ts';
import { paint } from './badge.ts';
import { renewHoldings } from './holdings.ts';
import { keyOf } from './keys.ts';
import { keyLock } from './locks.ts';
import { pollingPeriod } from './period.ts';
import { record, recordAttempt, remember } from './record.ts';
import { renewScopes } from './scopes.ts';
import { transportUntil } from './transport.ts';
import { STORE_LIMIT_MS, within } from './within.ts';

/** Polls in flight in this background, so that a second wish joins the first. */
const inFlight = new Map<string, Promise<void>>();
/** What ends their requests. */
const abandons = new Map<string, AbortController>();

/**
 * Polls an account, unless it is not allowed to be asked yet or is being asked already.
 * What comes of it is in the snapshot; this only ends.
 */
export function poll(accountId: string, why: Why): Promise<void> {
  const running = inFlight.get(accountId);
  if (running) return running;
  const started = ifFree(`poll ${accountId}`, () => pollNow(accountId, why)).finally(() =>
    inFlight.delete(accountId),
  );
  inFlight.set(accountId, started);
  return started;
}

/** Ends the request of a poll under way, if there is one. What it would have brought is not written. */
export function abandonPoll(accountId: string): void {
  abandons.get(accountId)?.abort();
}

async function pollNow(accountId: string, why: Why): Promise<void> {
  const state = await readState();
  const account = state.accounts.find(({ id }) => id === accountId);
  if (!account) return;
  if (state.isLocked(account)) return paint();
  const pace = state.paceOf(accountId);
  const { outcome } = state.snapshotOf(accountId);
  if (!(await hasAccess(hostPattern(account.environment)))) {
    await record(account, failed({ kind: 'permission-missing' }, pace), why, 0); // costs no request, so no pace holds it back
  } else if (mayPoll(pace, outcome, await pollingPeriod(state.settings), why, Date.now())) {
    const began = performance.now();
    const said = await exclusively(keyLock(account.keyId), () => ask(account, pace, outcome, why));
    const reply = withPositionsValue(said, state.sumsOf(accountId));
    await record(account, reply, why, performance.now() - began);
    await paint();
    await remember(account, reply);
    if (!reply.ok) return;
    await renewScopes(account, reply.clockOffset);
    // Today's change may know more then of what was paid in and out.
    if (await renewHoldings(account, state, reply.clockOffset, why)) await paint();
    return;
  }
  // A figure of this moment says nothing of how old the rest is.
  if (why === 'look' && outcome?.kind === 'ok') await renewHoldings(account, state, pace.clockOffset, why);
  await paint(); // also where nothing was asked: a figure may have become stale since the last time
}

/** The answer with what positions are worth, once for all that is made of it: snapshot, day and history. */
function withPositionsValue(reply: BalanceReply, sums: Sums | null): BalanceReply {
  if (!reply.ok) return reply;
  return { ...reply, figures: { ...reply.figures, positions: positionsValue(reply.figures, sums) } };
}

/** The key is opened for this one request and dropped again. */
async function ask(account: Account, pace: Pace, before: Outcome | null, why: Why): Promise<BalanceReply> {
  const abandon = new AbortController();
  abandons.set(account.id, abandon); // before the key is opened: from here on a lock ends it
  try {
    const key = await within(STORE_LIMIT_MS, keyOf(account)).catch(() => null);
    if (key === null) return failed({ kind: 'storage-failed' }, pace);
    if (!key) return failed({ kind: 'key-missing' }, pace);
    if (!(await recordAttempt(account, { attemptedAt: Date.now() }))) {
      return failed({ kind: 'storage-failed' }, pace); // what cannot be counted is not sent
    }
    return await askExchange(account, key, abandon.signal, pace, before, why);
  } catch {
    return failed({ kind: 'key-missing' }, pace); // what the vault holds does not sign
  } finally {
    abandons.delete(account.id);
  }
}

/** Asks for the balance; and for the exchange's own state where that explains why there is none. */
async function askExchange(
  account: Account,
  key: CryptoKey,
  abandoned: AbortSignal,
  pace: Pace,
  before: Outcome | null,
  why: Why,
): Promise<BalanceReply> {
  const { environment, keyId } = account;
  const transport = transportUntil(abandoned);
  const said: Said = {};
  let reply: BalanceReply | undefined;
  const next = () => nextQuestion(before, said, pace, why, Date.now());
  for (let question = next(); question; question = next()) {
    if (question === 'balance') {
      reply = await askBalance(transport, environment, { keyId, key }, pace.clockOffset);
      said.balance = reply.ok ? { kind: 'ok' } : reply.failure;
    } else {
      // What cannot be counted is not asked.
      const counted = await recordAttempt(account, { statusAskedAt: Date.now() });
      const told = counted ? await askMaintenance(transport, environment) : undefined;
      said.status = told && told !== 'open' ? told : null;
    }
  }
  const { status } = said;
  if (status?.kind === 'maintenance')
    return { ...failed(status, pace), ...(reply && { clockOffset: reply.clockOffset }) };
  return reply ?? failed({ kind: 'offline' }, pace); // there is none only where the exchange said maintenance
}

function failed(failure: Failure, { clockOffset }: Pace): BalanceReply & { ok: false } {
  return { ok: false, failure, clockOffset, answeredAt: Date.now() };
}
