// What a balance needs besides itself to be shown correctly: the equity of perps, which is part of the total, and deposits and
// withdrawals if the cash has moved, which must not be shown as a gain or a loss.

import { canReadPortfolio } from '../../domain/accounts/key-scopes.ts';
import { accountData } from '../../domain/accounts/state.ts';
import { arePerpsDue, type Perps, perpsAfter, withPerps } from '../../domain/balance/perps.ts';
import {
  areTransfersDue,
  mayContainTransfer,
  type TransferList,
  transfersAfter,
} from '../../domain/balance/transfers.ts';
import type { BalanceReply } from '../../kalshi/fetch-balance.ts';
import { fetchPerps } from '../../kalshi/fetch-perps.ts';
import { fetchTransfers } from '../../kalshi/fetch-transfers.ts';
import { getReadyState } from '../store.ts';
import { type PollContext, requestContext } from './request-context.ts';

export interface BalanceDetails {
  perps: Perps;
  transfers: TransferList | null;
}

/**
 * Fetches them if they are due, and if the key may read them. A request that fails keeps what was known; it does not fail the
 * poll.
 * @returns undefined if nothing was requested
 */
export async function fetchBalanceDetails(
  poll: PollContext,
  key: CryptoKey,
  { figures, clockOffset }: BalanceReply & { ok: true },
): Promise<BalanceDetails | undefined> {
  const { memory, account } = poll;
  if (!canReadPortfolio(account.scopes)) return undefined;
  const known = accountData(await getReadyState(memory), account.id);
  const requests = requestContext(poll, key, clockOffset);
  const now = Date.now();
  const perps = arePerpsDue(known.perps, now)
    ? perpsAfter(known.perps, await fetchPerps(requests), now)
    : known.perps;

  const before = known.snapshot.figures;
  const after = withPerps(figures, perps);
  if (!areTransfersDue(known.transfers, before, after, now)) return { perps, transfers: known.transfers };
  const reply = await fetchTransfers(requests, perps.status !== 'readable' && perps.status !== 'none');
  const rows = reply.kind === 'read' ? reply.rows : reply.kind === 'denied' ? 'denied' : null;
  return {
    perps,
    transfers: transfersAfter(known.transfers, rows, mayContainTransfer(before, after), now),
  };
}
