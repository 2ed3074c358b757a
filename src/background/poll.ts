// One poll of one account: open key → sign → GET → decode → record → paint.

import { askBalance, type BalanceReply } from '../kalshi/balance.ts';
import { hostPattern } from '../kalshi/hosts.ts';
import { exclusively, ifFree } from '../platform/lock.ts';
import { hasAccess } from '../platform/permissions.ts';
import { readState, type State } from '../platform/state.ts';
import { writeState } from '../platform/write-state.ts';
import type { Account } from '../portfolio/account.ts';
import type { Failure } from '../portfolio/outcome.ts';
import { mayPoll, type Pace, paceAfter, type Why } from '../portfolio/pace.ts';
import { type Snapshot, withFailure, withFigures } from '../portfolio/snapshot.ts';
import { paint } from './badge.ts';
import { keyOf } from './keys.ts';
import { ACCOUNTS_LOCK } from './locks.ts';
import { renewScopes } from './scopes.ts';
import { transportUntil } from './transport.ts';

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
  const periodMs = state.settings.periodSeconds * 1000;
  if (!(await hasAccess(hostPattern(account.environment)))) {
    await record(account, failed({ kind: 'permission-missing' }, pace)); // costs no request, so no pace holds it back
  } else if (mayPoll(pace, state.snapshotOf(accountId).outcome, periodMs, why, Date.now())) {
    const reply = await ask(account, pace);
    await record(account, reply);
    await paint();
    if (reply.ok) await renewScopes(account, reply.clockOffset);
    return;
  }
  await paint(); // also where nothing was asked: a figure may have become stale since the last time
}

/** The key is opened for this one request and dropped again. */
async function ask(account: Account, pace: Pace): Promise<BalanceReply> {
  const abandon = new AbortController();
  abandons.set(account.id, abandon); // before the key is opened: from here on a lock ends it
  try {
    const key = await keyOf(account);
    if (!key) return failed({ kind: 'key-missing' }, pace);
    // Written before the request: a background that dies over and over still asks no more often than it may.
    await writeFor(account, () => ({ pace: { ...pace, attemptedAt: Date.now() } }));
    const signer = { keyId: account.keyId, key };
    return await askBalance(transportUntil(abandon.signal), account.environment, signer, pace.clockOffset);
  } catch {
    return failed({ kind: 'key-missing' }, pace); // the key store does not open, or what it holds does not sign
  } finally {
    abandons.delete(account.id);
  }
}

function failed(failure: Failure, { clockOffset }: Pace): BalanceReply {
  return { ok: false, failure, clockOffset };
}

/** Writes what a poll found: snapshot and pace in one piece. */
async function record(asked: Account, reply: BalanceReply): Promise<void> {
  await writeFor(asked, (state) => {
    const now = Date.now();
    const outcome = reply.ok ? ({ kind: 'ok' } as const) : reply.failure;
    const periodMs = state.settings.periodSeconds * 1000;
    return {
      snapshot: reply.ok
        ? withFigures(reply.figures)
        : withFailure(state.snapshotOf(asked.id), reply.failure, now),
      pace: paceAfter(state.paceOf(asked.id), outcome, reply.clockOffset, periodMs, now, Math.random()),
    };
  });
}

/** Writes under an account, unless it was forgotten, locked or given another key since it was read. */
async function writeFor(
  asked: Account,
  change: (state: State) => { snapshot?: Snapshot; pace: Pace },
): Promise<void> {
  await exclusively(ACCOUNTS_LOCK, async () => {
    const state = await readState();
    const account = state.accounts.find(({ id }) => id === asked.id);
    if (account?.keyRef !== asked.keyRef || state.isLocked(account)) return;
    const { snapshot, pace } = change(state);
    await writeState({
      pace: { of: asked.id, is: pace },
      ...(snapshot && { snapshot: { of: asked.id, is: snapshot } }),
    });
  });
}
