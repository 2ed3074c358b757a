// Asking what an account holds: along with a good poll, seldom in the background, more often while somebody looks.

import { fetchHoldings } from '../../kalshi/fetch-holdings.ts';
import type { Account } from '../../portfolio/account.ts';
import { areHoldingsDue, type PollTrigger } from '../../portfolio/backoff.ts';
import type { HoldingsSummary } from '../../portfolio/holdings.ts';
import { canReadPortfolio } from '../../portfolio/key-scopes.ts';
import type { ReadyState } from '../../storage/state.ts';
import { openAccountKey } from '../accounts/open-key.ts';
import type { PollContext } from './request-context.ts';
import { recordHoldings } from './save-result.ts';

const NOTHING = { count: 0, amount: 0 } as HoldingsSummary['pending'];

/**
 * Asks, if it is time. What cannot be read leaves what was known before.
 * @returns whether more is known now
 */
export async function refreshHoldings(
  account: Account,
  { settings, holdingsSummaryOf }: Pick<ReadyState, 'settings' | 'holdingsSummaryOf'>,
  clockOffset: number,
  why: PollTrigger,
  { end, transport }: PollContext,
): Promise<boolean> {
  if (!canReadPortfolio(account.scopes)) return false;
  const sums = holdingsSummaryOf(account.id);
  if (!areHoldingsDue(sums, why, settings.periodSeconds * 1000, Date.now(), Math.random())) return false;
  const key = await openAccountKey(account).catch(() => undefined);
  if (!key || end.aborted) return false;
  const { environment, keyId } = account;
  // Written before it is asked: a background that dies over and over still asks no more often than it may.
  const asking = {
    pending: NOTHING,
    orders: NOTHING,
    positions: 0,
    transfers: null,
    readable: true,
    ...sums,
  };
  if (!(await recordHoldings(account, end, { ...asking, at: Date.now() }))) return false;
  const reply = await fetchHoldings({
    transport,
    environment,
    signer: { keyId, key },
    clockOffset,
  });
  if (reply.kind === 'failed') return false;
  if (reply.kind === 'denied') {
    return recordHoldings(account, end, { ...asking, at: Date.now(), readable: false });
  }
  return recordHoldings(account, end, reply.sums, reply.holdings);
}
