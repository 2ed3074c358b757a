// Money in other subaccounts, which the balance is not of. It is said, and not added: a key may be bound to one of them.

import * as v from 'valibot';
import { DAY_MS } from '../durations.ts';
import { type Micros, microsSchema } from '../money.ts';
import type { TransferList } from './transfer-list.ts';

export const otherSubaccountsSchema = v.object({
  /** Their cash, micro-dollars; null if it could not be read. */
  cash: v.nullable(microsSchema),
  /** When it was read or refused, unix milliseconds. */
  checkedAt: v.number(),
});
/** null before the first response. */
export type OtherSubaccounts = v.InferOutput<typeof otherSubaccountsSchema> | null;

/** Whether it is to be requested: once a day, and after a transfer between subaccounts. @param now unix milliseconds */
export function areOtherSubaccountsDue(
  known: OtherSubaccounts,
  transfers: TransferList | null,
  now: number,
): boolean {
  if (!known || Math.abs(now - known.checkedAt) >= DAY_MS) return true;
  if (known.cash === null || !transfers || transfers.status === 'unreadable') return false;
  return transfers.rows.some(
    ({ kind, requestedAt }) => kind === 'subaccount' && requestedAt > known.checkedAt,
  );
}

/** What is known after a response; `failed` keeps the last cash. Either is tried again tomorrow. @param now unix milliseconds */
export function otherSubaccountsAfter(
  before: OtherSubaccounts,
  reply: { kind: 'read'; cash: Micros } | { kind: 'denied' | 'failed' },
  now: number,
): OtherSubaccounts {
  const kept = reply.kind === 'failed' ? (before?.cash ?? null) : null;
  return { cash: reply.kind === 'read' ? reply.cash : kept, checkedAt: now };
}
