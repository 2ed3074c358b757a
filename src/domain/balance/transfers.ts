// Money that moved in or out of the account: deposits, withdrawals, and transfers between event contracts and perps. It is no
// gain and no loss, so today's change leaves it out.

import * as v from 'valibot';
import { DAY_MS, MINUTE_MS } from '../durations.ts';
import { DOLLAR, type Micros, micros, microsSchema } from '../money.ts';
import { negate } from '../quantity.ts';
import { type Amounts, exactTotal } from './snapshot.ts';

export const TRANSFER_KINDS = ['deposit', 'withdrawal', 'perps'] as const;
/** Kalshi's states. `applied`: the balance includes it (https://docs.kalshi.com/api-reference/portfolio/get-deposits). */
export const TRANSFER_STATES = ['pending', 'applied', 'failed', 'returned'] as const;
export type TransferStatus = (typeof TRANSFER_STATES)[number];

export const transferSchema = v.object({
  id: v.string(),
  kind: v.picklist(TRANSFER_KINDS),
  status: v.picklist(TRANSFER_STATES),
  /** Micro-dollars; positive if it increases the cash. */
  amount: microsSchema,
  /** When it was requested, and when it reached its status; unix milliseconds. */
  requestedAt: v.number(),
  finishedAt: v.nullable(v.number()),
  /** When it was seen as applied before it was returned, unix milliseconds; null if it was not. */
  appliedAt: v.nullable(v.number()),
  /** Whether it was seen as pending and never as applied. */
  neverApplied: v.boolean(),
});
export type Transfer = v.InferOutput<typeof transferSchema>;

/** A transfer as the exchange reports it, without what only earlier responses know. */
export type ReportedTransfer = Omit<Transfer, 'appliedAt' | 'neverApplied'>;

export const transferListSchema = v.object({
  /** When the list was last read, unix milliseconds. */
  readAt: v.number(),
  /** Whether it was read since the cash last moved. If not, a deposit may not be in it yet. */
  current: v.boolean(),
  /** Whether the key may read it. */
  readable: v.boolean(),
  /** Until when every poll reads it, unix milliseconds: a deposit may be listed later than it is booked. */
  recheckUntil: v.number(),
  rows: v.array(transferSchema),
});
export type TransferList = v.InferOutput<typeof transferListSchema>;

/** Before the first response. */
export const NO_TRANSFERS: TransferList = {
  readAt: 0,
  current: false,
  readable: true,
  recheckUntil: 0,
  rows: [],
};

/** How long after a jump of the cash the list is read with every poll. Milliseconds. */
const RECHECK = 5 * MINUTE_MS;
/** How often a list that the key may not read is tried again. Milliseconds. */
const RETRY_DENIED = DAY_MS;
/** A smaller change of the cash is no deposit. Micro-dollars. */
const SMALLEST = DOLLAR;

/**
 * Whether money may have been paid in or out between two balances: the cash moved, and the total with it; or the total moved
 * so much that a deposit may have been invested at once.
 */
export function mayContainTransfer(before: Amounts | null, now: Amounts): boolean {
  const [then, total] = [before && exactTotal(before), exactTotal(now)];
  if (!before || then === null || then === undefined || total === undefined) return true;
  const [cash, all] = [now.cash - before.cash, total - then];
  const together = Math.sign(cash) === Math.sign(all) && Math.min(Math.abs(cash), Math.abs(all)) >= SMALLEST;
  return together || Math.abs(all) >= Math.max(5 * SMALLEST, Math.abs(then) / 20);
}

/** Whether the list is to be read before a balance is shown. @param now unix milliseconds */
export function areTransfersDue(
  known: TransferList | null,
  before: Amounts | null,
  figures: Amounts,
  now: number,
): boolean {
  if (!known) return true;
  if (!known.readable) return Math.abs(now - known.readAt) >= RETRY_DENIED;
  return !known.current || now < known.recheckUntil || mayContainTransfer(before, figures);
}

/** The list after a response; null stands for no usable response, which keeps what was known. @param now unix milliseconds */
export function transfersAfter(
  known: TransferList | null,
  reply: readonly ReportedTransfer[] | 'denied' | null,
  jumped: boolean,
  now: number,
): TransferList {
  const before = known ?? NO_TRANSFERS;
  const recheckUntil = jumped ? now + RECHECK : before.recheckUntil;
  if (reply === null) return { ...before, current: false, recheckUntil };
  if (reply === 'denied') return { readAt: now, current: true, readable: false, recheckUntil: 0, rows: [] };
  return {
    readAt: now,
    current: true,
    readable: true,
    recheckUntil,
    rows: mergeTransfers(before.rows, reply, now),
  };
}

/** How long finished transfers are kept: today's change needs those of one day. Milliseconds. */
export const RECENT_MS = 7 * DAY_MS;

/**
 * The list after a response. What earlier responses said about a transfer is kept: whether it was applied before it was
 * returned decides whether the balance ever included it.
 * @param now unix milliseconds
 */
export function mergeTransfers(
  before: readonly Transfer[],
  reported: readonly ReportedTransfer[],
  now: number,
): Transfer[] {
  const known = new Map(before.map((each) => [each.id, each]));
  return reported
    .filter(
      ({ status, requestedAt, finishedAt }) =>
        status === 'pending' ||
        (finishedAt ?? requestedAt) > now - RECENT_MS ||
        requestedAt > now - RECENT_MS,
    )
    .map((row) => {
      const earlier = known.get(row.id);
      const wasApplied = earlier?.status === 'applied';
      return {
        ...row,
        appliedAt: wasApplied ? movedAt(earlier) : (earlier?.appliedAt ?? null),
        neverApplied: !wasApplied && (earlier?.status === 'pending' || earlier?.neverApplied === true),
      };
    });
}

/** When a transfer reached its status, or was requested if that is unknown. */
function movedAt({ finishedAt, requestedAt }: Pick<Transfer, 'finishedAt' | 'requestedAt'>): number {
  return finishedAt ?? requestedAt;
}

/** A movement of the balance. */
interface Movement {
  /** Unix milliseconds. */
  at: number;
  amount: Micros;
}

/**
 * The movements of the balance that a transfer caused. Pending and failed ones caused none; a returned one moved the money
 * twice, unless it is known that it was never applied.
 */
function movementsOf(transfer: Transfer): Movement[] {
  const { status, amount, requestedAt, appliedAt, neverApplied } = transfer;
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
 * Whether it is not known on which side of a time a transfer moved the money. Kalshi does not document when the cash of a
 * pending withdrawal is deducted, nor when a returned deposit had been applied.
 */
export function isDoubtful(transfer: Transfer, since: number): boolean {
  const { status, kind, requestedAt, appliedAt, neverApplied } = transfer;
  if (status === 'pending') return true;
  const straddles = requestedAt <= since && movedAt(transfer) > since;
  if (status === 'applied') return kind === 'withdrawal' && straddles;
  if (status === 'failed') return kind === 'withdrawal' && straddles;
  return straddles && appliedAt === null && !neverApplied;
}
