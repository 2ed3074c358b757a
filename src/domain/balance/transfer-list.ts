// The list of transfers of an account: when it is read, and what is known after a response.

import * as v from 'valibot';
import { DAY_MS, MINUTE_MS } from '../durations.ts';
import { subtract } from '../quantity.ts';
import {
  JUMPS_KEPT_MS,
  type Jump,
  jumpSchema,
  MAX_JUMPS,
  mayContainTransfer,
  unexplainedJumps,
  withBookings,
} from './cash-jumps.ts';
import type { Amounts } from './snapshot.ts';
import { movedAt, type ReportedTransfer, type Transfer, transferSchema } from './transfers.ts';

export const transferListSchema = v.variant('status', [
  /** The key may not read it. `checkedAt`: when it was refused, unix milliseconds. */
  v.object({ status: v.literal('unreadable'), checkedAt: v.number() }),
  v.object({
    /**
     * `unconfirmed`: the cash has moved since it was read, so a deposit may be missing · `current`: it was read since ·
     * `partial`: it was, without the rows that could not be decoded or are beyond the pages that are fetched
     */
    status: v.picklist(['unconfirmed', 'current', 'partial']),
    /** When it was last read, unix milliseconds; 0 for never. */
    readAt: v.number(),
    /** Until when every poll reads it, unix milliseconds: a deposit may be listed later than it is booked. */
    recheckUntil: v.number(),
    rows: v.array(transferSchema),
    /** How the cash jumped, and since when that is known; by the exchange's clock, unix milliseconds; null for not at all. */
    jumps: v.array(jumpSchema),
    jumpsSince: v.nullable(v.number()),
  }),
]);
export type TransferList = v.InferOutput<typeof transferListSchema>;
type ReadableList = Exclude<TransferList, { status: 'unreadable' }>;

/** Before the first response. */
export const NO_TRANSFERS: ReadableList = {
  status: 'unconfirmed',
  readAt: 0,
  recheckUntil: 0,
  rows: [],
  jumps: [],
  jumpsSince: null,
};

/** How long after a jump of the cash the list is read with every poll. Milliseconds. */
const RECHECK = 5 * MINUTE_MS;
/** How often a list that the key may not read is tried again, and one that is partial. Milliseconds. */
const [RETRY_DENIED, RETRY_PARTIAL] = [DAY_MS, 60 * MINUTE_MS];

/** A good balance and the one before it, with their times by the exchange's clock, unix milliseconds. */
export interface BalanceStep {
  before: { amounts: Amounts; at: number } | null;
  after: { amounts: Amounts; at: number };
}

/** The list after a good balance: what it says about today's change is unconfirmed if the cash has jumped. @param now unix milliseconds */
export function transfersAfterBalance(
  known: TransferList | null,
  { before, after }: BalanceStep,
  now: number,
): TransferList {
  if (known?.status === 'unreadable') {
    const isDue = Math.abs(now - known.checkedAt) >= RETRY_DENIED;
    return isDue ? { ...NO_TRANSFERS, jumpsSince: after.at } : known;
  }
  const list = known ?? { ...NO_TRANSFERS, jumpsSince: before?.at ?? after.at };
  if (!mayContainTransfer(before?.amounts ?? null, after.amounts)) return list;
  return { ...addJump(list, { before, after }), status: 'unconfirmed', recheckUntil: now + RECHECK };
}

function addJump(list: ReadableList, { before, after }: BalanceStep): ReadableList {
  const amount = before && subtract(after.amounts.cash, before.amounts.cash);
  if (!before || amount === undefined || amount === null) {
    return { ...list, jumps: [], jumpsSince: after.at };
  }
  const all = [...list.jumps, { from: before.at, at: after.at, amount }];
  const jumps = all.slice(-MAX_JUMPS).filter(({ at }) => at > after.at - JUMPS_KEPT_MS);
  const dropped = all[all.length - jumps.length - 1];
  return { ...list, jumps, jumpsSince: dropped?.at ?? list.jumpsSince };
}

/** Whether the list is to be read with this poll. @param now unix milliseconds */
export function areTransfersDue(list: TransferList | null, now: number): boolean {
  if (!list || list.status === 'unreadable') return false;
  if (list.status === 'partial') return Math.abs(now - list.readAt) >= RETRY_PARTIAL;
  return list.status === 'unconfirmed' || now < list.recheckUntil;
}

/** What the exchange reported; `isPartial`: without some rows. */
export interface ReportedTransfers {
  rows: readonly ReportedTransfer[];
  isPartial: boolean;
}

/** The list after a response; null stands for no usable response, which keeps what was known. @param now unix milliseconds */
export function transfersAfter(
  known: TransferList | null,
  reply: ReportedTransfers | 'denied' | null,
  now: number,
): TransferList | null {
  if (reply === null) return known;
  if (reply === 'denied') return { status: 'unreadable', checkedAt: now };
  const list = known && known.status !== 'unreadable' ? known : NO_TRANSFERS;
  const rows = withBookings(mergeTransfers(list.rows, reply.rows, now - RECENT_MS), list.jumps);
  return { ...list, status: reply.isPartial ? 'partial' : 'current', readAt: now, rows };
}

/** How long finished transfers are kept: today's change needs those of one day. Milliseconds. */
export const RECENT_MS = 7 * DAY_MS;
/** How long an unfinished transfer is followed. A bank takes a week; what is older was never finished. Milliseconds. */
const UNFINISHED = 30 * DAY_MS;

/** From when lists are read, unix milliseconds: what is older is known, or cannot matter any more. */
export interface TransfersSince {
  /** Of deposits and withdrawals, which are listed by the time of the request and may take days. */
  requests: number;
  /** Of transfers inside the account, which take seconds, and of which there may be thousands. */
  internal: number;
}

/** From when the lists are to be read. @param now unix milliseconds */
export function transfersSince(list: TransferList | null, now: number): TransfersSince {
  const readAt = list && list.status !== 'unreadable' ? list.readAt : 0;
  return { requests: now - UNFINISHED, internal: Math.max(readAt - DAY_MS, now - RECENT_MS) };
}

/**
 * Rows after a response. What earlier responses said about a transfer is kept: whether it was applied before it was
 * returned decides whether the balance ever included it.
 * @param from finished transfers are kept from this time on, unix milliseconds
 */
export function mergeTransfers(
  before: readonly Transfer[],
  reported: readonly ReportedTransfer[],
  from: number,
): Transfer[] {
  const known = new Map(before.map((each) => [each.id, each]));
  const ids = new Set(reported.map(({ id }) => id));
  const isKept = (row: ReportedTransfer) =>
    Math.max(movedAt(row), row.requestedAt) >
    (row.status === 'pending' ? from + RECENT_MS - UNFINISHED : from);
  return [
    ...before.filter(({ id }) => !ids.has(id)),
    ...reported.map((row): Transfer => {
      const earlier = known.get(row.id);
      const wasApplied = earlier?.status === 'applied';
      return {
        ...row,
        appliedAt: wasApplied ? movedAt(earlier) : (earlier?.appliedAt ?? null),
        neverApplied: !wasApplied && (earlier?.status === 'pending' || earlier?.neverApplied === true),
        ...(earlier?.booked && { booked: earlier.booked }),
        ...(earlier?.reversedAt !== undefined && { reversedAt: earlier.reversedAt }),
      };
    }),
  ].filter(isKept);
}

/** The jumps of the cash that no transfer explains; undefined if they are not known since a time, unix milliseconds. */
export function unexplainedSince(list: TransferList | null, since: number): readonly Jump[] | undefined {
  if (!list || list.status === 'unreadable' || list.jumpsSince === null || list.jumpsSince > since) {
    return undefined;
  }
  return unexplainedJumps(list.rows, list.jumps);
}
