// One poll of one account: open key → sign → GET → decode → record → paint.

import type { BalanceReply } from '../../kalshi/fetch-balance.ts';
import { hostPattern } from '../../kalshi/hosts.ts';
import { withLock } from '../../platform/locks.ts';
import { hasHostPermission } from '../../platform/permissions.ts';
import { isPollAllowed, type PollTrigger } from '../../portfolio/backoff.ts';
import { type HoldingsSummary, positionsValue } from '../../portfolio/holdings.ts';
import { type ReadyState, readState, type State } from '../../storage/state.ts';
import { keyLock } from '../accounts/lock-names.ts';
import { paint } from '../toolbar.ts';
import { ask, failed, openForOne } from './fetch-balance.ts';
import { pollingPeriod } from './period.ts';
import { refreshHoldings } from './refresh-holdings.ts';
import { refreshScopes } from './refresh-scopes.ts';
import { type PollContext, pollContext } from './request-context.ts';
import { record, recordAttempt } from './save-result.ts';

/** A poll under way in this background. */
interface ActivePoll {
  over: Promise<void>;
  /** What ends the request. */
  end: AbortController;
}

/** So that a second wish joins the first. */
const activePolls = new Map<string, ActivePoll>();

/**
 * Polls an account, unless it is not allowed to be asked yet or is being asked already.
 * What comes of it is in the snapshot; this only ends.
 * @param known what is stored, if it was just read
 */
export function poll(accountId: string, why: PollTrigger, known?: State): Promise<void> {
  const running = activePolls.get(accountId);
  if (running) return running.over;
  const end = new AbortController(); // there before the key is opened: a lock finds it
  const over = pollNow(accountId, why, pollContext(end.signal), known).finally(() =>
    activePolls.delete(accountId),
  );
  activePolls.set(accountId, { over, end });
  return over;
}

/** Waits until no poll is under way. */
export async function allPollsDone(): Promise<void> {
  await Promise.all([...activePolls.values()].map(({ over }) => over));
}

/** Ends the requests of a poll under way, if there is one. What they would have brought is not written. */
export function abortPoll(accountId: string): void {
  activePolls.get(accountId)?.end.abort();
}

/** The same for every account. */
export function abortAllPolls(): void {
  for (const { end } of activePolls.values()) end.abort();
}

async function pollNow(
  accountId: string,
  why: PollTrigger,
  context: PollContext,
  known?: State,
): Promise<void> {
  const { end } = context;
  const state = known ?? (await readState());
  if (state.kind === 'unreadable') return paint();
  const account = state.accounts.find(({ id }) => id === accountId);
  if (!account) return;
  if (state.isLocked(account)) return paint();
  const periodMs = await pollingPeriod(state.settings);
  const may = ({ backoffOf, snapshotOf }: ReadyState) =>
    isPollAllowed(backoffOf(accountId), snapshotOf(accountId).outcome, periodMs, why, Date.now());
  const access = hasHostPermission(hostPattern(account.environment));
  const pace = state.backoffOf(accountId);
  const { outcome } = state.snapshotOf(accountId);
  if (may(state)) {
    const began = performance.now();
    // All that has to be there before the request, side by side: each takes as long as the signature.
    const key = openForOne(account);
    const counting = recordAttempt(account, { attemptedAt: Date.now() }, end, may);
    const asking = { key, access, counting, context, pace, before: outcome, why };
    const asked = await withLock(keyLock(account.keyId), () => ask(account, asking));
    if (!asked) return paint();
    const reply = withPositionsValue(asked.reply, state.holdingsSummaryOf(accountId));
    const took = performance.now() - began;
    const inVain = !asked.sent && (await counting) === 'written';
    await record(account, reply, why, end, { took, ...(inVain && { attemptedAt: pace.attemptedAt }) });
    if (!reply.ok) return;
    await refreshScopes(account, reply.clockOffset, context);
    // Today's change may know more then of what was paid in and out.
    if (await refreshHoldings(account, state, reply.clockOffset, why, context)) await paint();
    return;
  }
  if (!(await access))
    return record(account, failed({ kind: 'permission-missing' }, pace), why, end, { took: 0 });
  // A figure of this moment says nothing of how old the rest is.
  if (why === 'look' && outcome?.kind === 'ok')
    await refreshHoldings(account, state, pace.clockOffset, why, context);
  await paint(); // also where nothing was asked: a figure may have become stale since the last time
}

/** The answer with what positions are worth, once for all that is made of it: snapshot, day and history. */
function withPositionsValue(reply: BalanceReply, sums: HoldingsSummary | null): BalanceReply {
  if (!reply.ok) return reply;
  return { ...reply, figures: { ...reply.figures, positions: positionsValue(reply.figures, sums) } };
}
