// Fetching what moved money in or out: deposits, withdrawals, and transfers between event contracts and perps.

import * as v from 'valibot';
import { type ReportedTransfer, TRANSFER_STATES } from '../domain/balance/transfers.ts';
import { negate } from '../domain/quantity.ts';
import type { RequestContext } from './client.ts';
import { PATHS } from './endpoints.ts';
import { fetchList, type ListFailure } from './holdings/pagination.ts';
import { cents, dollars } from './schemas.ts';

/** Deposits and withdrawals alike: https://docs.kalshi.com/api-reference/portfolio/get-deposits. Times in unix seconds. */
export const transferRowSchema = v.object({
  id: v.string(),
  status: v.fallback(v.picklist(TRANSFER_STATES), 'pending'),
  amount_cents: cents,
  created_ts: v.number(),
  finalized_ts: v.optional(v.nullable(v.number())),
});
type TransferRow = v.InferOutput<typeof transferRowSchema>;

/** https://docs.kalshi.com/api-reference/portfolio/get-intra-exchange-instance-transfers. Times in unix seconds. */
export const perpsTransferRowSchema = v.object({
  transfer_id: v.string(),
  source: v.string(),
  destination: v.string(),
  amount: dollars,
  status: v.picklist(['pending', 'complete']),
  created_ts: v.number(),
});

/**
 * `denied`: the key may not read them · `incomplete`: a list has more pages than are fetched · `failed`: no usable response.
 */
export type TransfersReply =
  | { kind: 'read'; rows: ReportedTransfer[] }
  | { kind: 'denied' }
  | { kind: 'incomplete' }
  | { kind: 'failed' };

/** What a list that could not be read means for all transfers. */
function failureOf({ reason }: ListFailure): TransfersReply {
  return { kind: reason === 'denied' || reason === 'incomplete' ? reason : 'failed' };
}

/**
 * Fetches all of them: the order of the lists is not documented. A list with a row that cannot be decoded counts as failed,
 * because a missing deposit would look like a gain.
 * @param withPerps whether transfers to and from perps are fetched: they matter only where the equity is not in the total
 */
export async function fetchTransfers(context: RequestContext, withPerps: boolean): Promise<TransfersReply> {
  const query = { limit: '500' };
  const deposits = await fetchList(context, { path: PATHS.deposits, query }, 'deposits', transferRowSchema);
  if (!deposits.ok) return failureOf(deposits);
  const withdrawals = await fetchList(
    context,
    { path: PATHS.withdrawals, query },
    'withdrawals',
    transferRowSchema,
  );
  // An account that never withdrew was seen to answer 404.
  if (!withdrawals.ok && withdrawals.reason !== 'not-found') return failureOf(withdrawals);
  const perps = withPerps
    ? await fetchList(context, { path: PATHS.perpsTransfers, query }, 'transfers', perpsTransferRowSchema)
    : NO_PERPS;
  // Accounts without perps, and exchanges without this list, refuse it: they have no such transfers.
  if (!perps.ok && (perps.reason === 'failed' || perps.reason === 'incomplete')) return failureOf(perps);
  const lists = [deposits, withdrawals, perps];
  if (lists.some((list) => list.ok && list.unreadable > 0)) return { kind: 'failed' };
  return {
    kind: 'read',
    rows: [
      ...deposits.rows.map((row) => transferOf('deposit', row)),
      ...(withdrawals.ok ? withdrawals.rows.map((row) => transferOf('withdrawal', row)) : []),
      ...(perps.ok ? perps.rows.flatMap(perpsTransferOf) : []),
    ],
  };
}

const NO_PERPS = { ok: true, rows: [], unreadable: 0 } as const;

function transferOf(kind: 'deposit' | 'withdrawal', row: TransferRow): ReportedTransfer {
  return {
    id: `${kind} ${row.id}`,
    kind,
    status: row.status,
    amount: kind === 'deposit' ? row.amount_cents : negate(row.amount_cents),
    requestedAt: row.created_ts * 1000,
    finishedAt: typeof row.finalized_ts === 'number' ? row.finalized_ts * 1000 : null,
  };
}

/** A transfer between event contracts and perps; none for one between shards of the event contracts. */
function perpsTransferOf(row: v.InferOutput<typeof perpsTransferRowSchema>): ReportedTransfer[] {
  if (row.source === row.destination) return [];
  return [
    {
      id: `perps ${row.transfer_id}`,
      kind: 'perps',
      status: row.status === 'complete' ? 'applied' : 'pending',
      amount: row.destination === 'event_contract' ? row.amount : negate(row.amount),
      requestedAt: row.created_ts * 1000,
      finishedAt: null,
    },
  ];
}
