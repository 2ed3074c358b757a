// Fetching what moved money in or out: deposits, withdrawals, and transfers to and from perps or other subaccounts.

import * as v from 'valibot';
import type { ReportedTransfers, TransfersSince } from '../domain/balance/transfer-list.ts';
import { type ReportedTransfer, TRANSFER_STATES } from '../domain/balance/transfers.ts';
import { type Micros, ZERO } from '../domain/money.ts';
import { negate, subtract } from '../domain/quantity.ts';
import type { RequestContext } from './client.ts';
import { PATHS, type Path } from './endpoints.ts';
import { fetchList, type ListFailure, type Rows } from './holdings/pagination.ts';
import { cents, dollars } from './schemas.ts';

/**
 * Deposits and withdrawals alike: https://docs.kalshi.com/api-reference/portfolio/get-deposits. Times in unix seconds. A
 * status that is not documented is read as pending: such a transfer may still move the cash.
 */
export const transferRowSchema = v.object({
  id: v.string(),
  status: v.fallback(v.picklist(TRANSFER_STATES), 'pending'),
  amount_cents: cents,
  fee_cents: v.optional(v.nullable(cents)),
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
  status: v.string(),
  created_ts: v.number(),
});

/** https://docs.kalshi.com/api-reference/portfolio/get-subaccount-transfers. Times in unix seconds. */
export const subaccountTransferRowSchema = v.object({
  transfer_id: v.string(),
  from_subaccount: v.number(),
  to_subaccount: v.number(),
  amount_cents: cents,
  created_ts: v.number(),
  /** Absent in older rows. `position` moves contracts, not the amount. */
  transfer_type: v.optional(v.nullable(v.string())),
});

/** `denied`: the key may not read them · `failed`: no usable response. */
export type TransfersReply = ({ kind: 'read' } & ReportedTransfers) | { kind: 'denied' } | { kind: 'failed' };

/**
 * Fetches them, the lists side by side. Each list is read until known rows begin: nothing says how many there are, and since
 * October 2026 one has a row for each order of some members.
 * @param options `withPerps`: whether transfers to and from perps are fetched, which matter only where the equity is not in
 * the total; `since`: all of them if it is absent
 */
export async function fetchTransfers(
  context: RequestContext,
  { withPerps, since = { requests: 0, internal: 0 } }: { withPerps: boolean; since?: TransfersSince },
): Promise<TransfersReply> {
  const list = <Row extends { created_ts: number }>(
    path: Path,
    name: string,
    row: v.GenericSchema<unknown, Row>,
    at: number,
  ) => {
    const known = { at, timeOf: ({ created_ts }: Row) => created_ts * 1000 };
    return fetchList(context, { path, query: { limit: '500' } }, name, row, known);
  };
  const [deposits, withdrawals, perps, subaccounts] = await Promise.all([
    list(PATHS.deposits, 'deposits', transferRowSchema, since.requests),
    list(PATHS.withdrawals, 'withdrawals', transferRowSchema, since.requests),
    withPerps ? list(PATHS.perpsTransfers, 'transfers', perpsTransferRowSchema, since.internal) : NOTHING,
    list(PATHS.subaccountTransfers, 'transfers', subaccountTransferRowSchema, since.internal),
  ]);
  // Accounts without perps or subaccounts, and exchanges without these lists, refuse them: they have no such transfers. An
  // account that never withdrew was seen to answer 404.
  const failures = [
    failureOf(deposits, ['denied', 'not-found', 'bad-request', 'failed']),
    failureOf(withdrawals, ['denied', 'bad-request', 'failed']),
    failureOf(perps, ['failed']),
    failureOf(subaccounts, ['failed']),
  ].filter((reason) => reason !== undefined);
  if (failures.length > 0) return { kind: failures.every((each) => each === 'denied') ? 'denied' : 'failed' };
  const lists = [deposits, withdrawals, perps, subaccounts];
  return {
    kind: 'read',
    isPartial: lists.some((each) => (each.ok ? each.unreadable > 0 : each.reason === 'incomplete')),
    rows: [
      ...rowsOf(deposits).map((row) => transferOf('deposit', row)),
      ...rowsOf(withdrawals).map((row) => transferOf('withdrawal', row)),
      ...rowsOf(perps).flatMap(perpsTransferOf),
      ...rowsOf(subaccounts).flatMap(subaccountTransferOf),
    ],
  };
}

type List<Row> = ({ ok: true } & Rows<Row>) | ListFailure;

const NOTHING = { ok: true, rows: [], unreadable: 0 } as const;

function rowsOf<Row>(list: List<Row> | typeof NOTHING): readonly Row[] {
  return list.ok ? list.rows : [];
}

/** Why a list could not be read, if that concerns all transfers. */
function failureOf(
  list: List<unknown> | typeof NOTHING,
  concerns: readonly ListFailure['reason'][],
): ListFailure['reason'] | undefined {
  return !list.ok && concerns.includes(list.reason) ? list.reason : undefined;
}

function transferOf(kind: 'deposit' | 'withdrawal', row: TransferRow): ReportedTransfer {
  const fee = row.fee_cents || undefined;
  // A deposit adds its amount without the fee (recorded: 37800 and 756 raised the balance by $370.44).
  const added = subtract(row.amount_cents, fee ?? ZERO) ?? row.amount_cents;
  return {
    id: `${kind} ${row.id}`,
    kind,
    status: row.status,
    amount: kind === 'deposit' ? added : negate(row.amount_cents),
    ...(fee !== undefined && { fee }),
    requestedAt: row.created_ts * 1000,
    finishedAt: typeof row.finalized_ts === 'number' ? row.finalized_ts * 1000 : null,
  };
}

/** A transfer between event contracts and perps; none for one between shards of the event contracts. */
function perpsTransferOf(row: v.InferOutput<typeof perpsTransferRowSchema>): ReportedTransfer[] {
  if (row.source === row.destination) return [];
  const amount = row.destination === 'event_contract' ? row.amount : negate(row.amount);
  const status = row.status === 'complete' ? 'applied' : 'pending';
  return [{ ...internal('perps', row.transfer_id, amount, row.created_ts), status }];
}

/** A transfer between the primary and another subaccount. The balance is that of the primary one. */
function subaccountTransferOf(row: v.InferOutput<typeof subaccountTransferRowSchema>): ReportedTransfer[] {
  const { transfer_id: id, from_subaccount: from, to_subaccount: to, amount_cents, transfer_type } = row;
  if ((from === 0) === (to === 0) || (transfer_type ?? 'cash') !== 'cash') return [];
  return [internal('subaccount', id, to === 0 ? amount_cents : negate(amount_cents), row.created_ts)];
}

function internal(
  kind: 'perps' | 'subaccount',
  id: string,
  amount: Micros,
  createdTs: number,
): ReportedTransfer {
  return {
    id: `${kind} ${id}`,
    kind,
    status: 'applied',
    amount,
    requestedAt: createdTs * 1000,
    finishedAt: null,
  };
}
