// What a balance needs besides itself to be shown correctly: the equity of perps, which is part of the total; deposits and
// withdrawals if the cash has moved, which must not be shown as a gain or a loss; and whether other subaccounts hold money.

import type { Account } from '../../domain/accounts/account.ts';
import type { AccountData } from '../../domain/accounts/account-data.ts';
import { canReadPortfolio } from '../../domain/accounts/key-scopes.ts';
import { accountData } from '../../domain/accounts/state.ts';
import { areOtherSubaccountsDue, otherSubaccountsAfter } from '../../domain/balance/other-subaccounts.ts';
import { arePerpsDue, doPerpsMoveTotal, perpsAfter } from '../../domain/balance/perps.ts';
import { areTransfersDue, transfersAfter, transfersSince } from '../../domain/balance/transfer-list.ts';
import { fetchPerps, type PerpsReply } from '../../kalshi/fetch-perps.ts';
import { fetchOtherSubaccounts, type OtherSubaccountsReply } from '../../kalshi/fetch-subaccounts.ts';
import { fetchTransfers, type TransfersReply } from '../../kalshi/fetch-transfers.ts';
import { getReadyState } from '../store.ts';
import { type PollContext, requestContext } from './request-context.ts';

/** What is to be requested. */
export type DetailsDue = Record<'perps' | 'transfers' | 'otherSubaccounts', boolean>;

type Known = Pick<AccountData, 'perps' | 'transfers' | 'otherSubaccounts'>;

/** What is to be requested after a good balance; null for nothing. @param now unix milliseconds */
export function detailsDue({ scopes }: Account, known: Known, now: number): DetailsDue | null {
  if (!canReadPortfolio(scopes)) return null;
  const due = {
    perps: arePerpsDue(known.perps, now),
    transfers: areTransfersDue(known.transfers, now),
    otherSubaccounts: areOtherSubaccountsDue(known.otherSubaccounts, known.transfers, now),
  };
  return Object.values(due).includes(true) ? due : null;
}

/** The responses; null for what was not requested. */
export interface BalanceDetails {
  perps: PerpsReply | null;
  transfers: TransfersReply | null;
  otherSubaccounts: OtherSubaccountsReply | null;
}

/** Fetches what is due, side by side. A request that fails keeps what was known; it does not fail the poll. */
export async function fetchBalanceDetails(
  poll: PollContext,
  key: CryptoKey,
  clockOffset: number,
  due: DetailsDue,
): Promise<BalanceDetails> {
  const known = accountData(await getReadyState(poll.memory), poll.account.id);
  const requests = requestContext(poll, key, clockOffset);
  const options = {
    withPerps: doPerpsMoveTotal(known.perps),
    since: transfersSince(known.transfers, Date.now()),
  };
  const [perps, transfers, otherSubaccounts] = await Promise.all([
    due.perps ? fetchPerps(requests) : null,
    due.transfers ? fetchTransfers(requests, options) : null,
    due.otherSubaccounts ? fetchOtherSubaccounts(requests) : null,
  ]);
  return { perps, transfers, otherSubaccounts };
}

/** What is known after the responses. @param now unix milliseconds */
export function knownAfterDetails(known: Known, details: BalanceDetails, now: number): Known {
  const { perps, transfers, otherSubaccounts } = details;
  const rows = transfers?.kind === 'read' ? transfers : transfers?.kind === 'denied' ? 'denied' : null;
  return {
    perps: perps ? perpsAfter(known.perps, perps, now) : known.perps,
    transfers: transfersAfter(known.transfers, rows, now),
    otherSubaccounts: otherSubaccounts
      ? otherSubaccountsAfter(known.otherSubaccounts, otherSubaccounts, now)
      : known.otherSubaccounts,
  };
}
