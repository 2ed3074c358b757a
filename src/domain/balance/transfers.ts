// Money that moved in or out of the account: deposits, withdrawals, and transfers to and from perps or other subaccounts. It is
// no gain and no loss, so today's change leaves it out.

import * as v from 'valibot';
import { type Micros, micros, microsSchema } from '../money.ts';
import { negate } from '../quantity.ts';
import { BOOKING_DELAY, type Jump, mayBeOf } from './cash-jumps.ts';

export const TRANSFER_KINDS = ['deposit', 'withdrawal', 'perps', 'subaccount'] as const;
/** Kalshi's states. `applied`: the balance includes it (https://docs.kalshi.com/api-reference/portfolio/get-deposits). */
export const TRANSFER_STATES = ['pending', 'applied', 'failed', 'returned'] as const;
export type TransferStatus = (typeof TRANSFER_STATES)[number];

export const transferSchema = v.object({
  id: v.string(),
  kind: v.picklist(TRANSFER_KINDS),
  status: v.picklist(TRANSFER_STATES),
  /** Micro-dollars; positive if it increases the cash. A deposit is without its fee, a withdrawal as it was requested. */
  amount: microsSchema,
  /** Micro-dollars. Of a withdrawal it is not documented whether `amount` includes it. Absent without one. */
  fee: v.optional(microsSchema),
  /** When it was requested, and when it reached its status; unix milliseconds. */
  requestedAt: v.number(),
  finishedAt: v.nullable(v.number()),
  /** When it was seen as applied before it was returned, unix milliseconds; null if it was not. */
  appliedAt: v.nullable(v.number()),
  /** Whether it was seen as pending and never as applied. */
  neverApplied: v.boolean(),
  /** The cash moved by exactly what this brought: when, by the exchange's clock (unix milliseconds), and by how much. */
  booked: v.optional(v.object({ at: v.number(), amount: microsSchema })),
  /** When the cash moved back by the same amount, unix milliseconds. */
  reversedAt: v.optional(v.number()),
});
export type Transfer = v.InferOutput<typeof transferSchema>;

/** A transfer as the exchange reports it, without what only earlier responses and the cash know. */
export type ReportedTransfer = Omit<Transfer, 'appliedAt' | 'neverApplied' | 'booked' | 'reversedAt'>;

/** When a transfer reached its status, or was requested if that is unknown. */
export function movedAt({ finishedAt, requestedAt }: Pick<Transfer, 'finishedAt' | 'requestedAt'>): number {
  return finishedAt ?? requestedAt;
}

/** A movement of the balance. */
interface Movement {
  /** Unix milliseconds. */
  at: number;
  amount: Micros;
}

/** Whether a transfer that moved the cash moved it back. */
function isUndone({ status }: Pick<Transfer, 'status'>): boolean {
  return status === 'failed' || status === 'returned';
}

/**
 * The movements of the balance that a transfer caused: those that the cash showed, otherwise those that follow from its
 * status. Pending and failed ones caused none; a returned one moved the money twice, unless it is known that it was never
 * applied.
 */
function movementsOf(transfer: Transfer): Movement[] {
  const { status, amount, requestedAt, appliedAt, neverApplied, booked, reversedAt } = transfer;
  if (booked) {
    if (!isUndone(transfer)) return [booked];
    return [booked, { at: reversedAt ?? movedAt(transfer), amount: negate(booked.amount) }];
  }
  if (status === 'applied') return [{ at: movedAt(transfer), amount }];
  if (status !== 'returned' || neverApplied) return [];
  return [
    { at: appliedAt ?? requestedAt, amount },
    { at: movedAt(transfer), amount: negate(amount) },
  ];
}

/** What transfers moved since a time, micro-dollars; undefined if that is too large to be exact. */
export function netTransfers(transfers: readonly Transfer[], since: number): Micros | undefined {
  return micros(
    transfers
      .flatMap(movementsOf)
      .filter(({ at }) => at > since)
      .reduce((sum, { amount }) => sum + amount, 0),
  );
}

/**
 * Whether a transfer is known to have moved the cash before a time, although it was finished after it, as instant credit
 * does: the cash has not jumped since then.
 * @param unexplained the jumps of the cash that no transfer explains, complete since that time
 */
export function movedBefore(transfer: Transfer, since: number, unexplained: readonly Jump[]): boolean {
  const { status, booked, requestedAt } = transfer;
  const straddles = requestedAt <= since && movedAt(transfer) > since;
  return status === 'applied' && !booked && straddles && !unexplained.some(({ at }) => at > since);
}

/**
 * Whether it is not known on which side of a time a transfer moved the money, or how much. Kalshi does not document when
 * the cash of a pending transfer moves, nor when a returned deposit had been applied: only a jump of the cash shows it.
 * @param unexplained the jumps of the cash that no transfer explains; undefined if they are not known since that time
 */
export function isDoubtful(
  transfer: Transfer,
  since: number,
  unexplained: readonly Jump[] | undefined,
): boolean {
  const { status, kind, fee, requestedAt, appliedAt, neverApplied, booked, reversedAt } = transfer;
  const straddles = requestedAt <= since && movedAt(transfer) > since;
  if (booked) return isUndone(transfer) && reversedAt === undefined && booked.at <= since && straddles;
  if (status === 'pending') return unexplained?.some((jump) => mayBeOf(jump, transfer, since)) ?? true;
  if (status === 'applied') {
    if (straddles) return true;
    if (movedAt(transfer) > since) return kind === 'withdrawal' && fee !== undefined;
    // Finished right before that time, and perhaps booked right after it.
    return (
      unexplained?.some(({ at, from }) => at > since && from <= movedAt(transfer) + BOOKING_DELAY) ?? false
    );
  }
  if (status === 'failed') return kind === 'withdrawal' && straddles;
  return straddles && appliedAt === null && !neverApplied;
}
