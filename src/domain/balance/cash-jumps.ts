// Jumps of the cash between two balances, which show when a transfer moved the money, whatever its times and status say.

import * as v from 'valibot';
import { DAY_MS, MINUTE_MS } from '../durations.ts';
import { DOLLAR, type Micros, microsSchema } from '../money.ts';
import { negate, subtract } from '../quantity.ts';
import { type Amounts, exactTotal } from './snapshot.ts';
import type { Transfer } from './transfers.ts';

/** The times of the two balances by the exchange's clock, unix milliseconds, and by how much the cash moved. */
export const jumpSchema = v.object({ from: v.number(), at: v.number(), amount: microsSchema });
export type Jump = v.InferOutput<typeof jumpSchema>;

/** Jumps that are kept: of the last days, and not more than so many. */
export const [JUMPS_KEPT_MS, MAX_JUMPS] = [3 * DAY_MS, 40];
/** How long before a transfer is listed, or after it was finished, the cash may move. Milliseconds. */
export const BOOKING_DELAY = 15 * MINUTE_MS;
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

/** Whether a transfer that is pending may be what moved the cash after a time. */
export function mayBeOf(
  { at }: Jump,
  { requestedAt }: Pick<Transfer, 'requestedAt'>,
  since: number,
): boolean {
  return at > since && at >= requestedAt - BOOKING_DELAY;
}

/** Transfers with the jumps that are exactly theirs. Each jump belongs to one transfer, the earliest requested first. */
export function withBookings(transfers: readonly Transfer[], jumps: readonly Jump[]): Transfer[] {
  const free = new Map(unexplainedJumps(transfers, jumps).map((jump) => [jump.at, jump]));
  const take = (isIt: (jump: Jump) => boolean): Jump | undefined => {
    const found = [...free.values()].find(isIt);
    if (found) free.delete(found.at);
    return found;
  };
  const booked = new Map<string, Transfer>();
  for (const transfer of transfers.toSorted((a, b) => a.requestedAt - b.requestedAt)) {
    let next = transfer;
    if (!next.booked) {
      const jump = take((jump) => isBookingOf(jump, transfer));
      if (jump) next = { ...next, booked: { at: jump.at, amount: jump.amount } };
    }
    const { booked: into, reversedAt } = next;
    if (into && reversedAt === undefined && (next.status === 'failed' || next.status === 'returned')) {
      const jump = take(({ at, amount }) => at > into.at && amount === negate(into.amount));
      if (jump) next = { ...next, reversedAt: jump.at };
    }
    booked.set(next.id, next);
  }
  return transfers.map((transfer) => booked.get(transfer.id) ?? transfer);
}

function isBookingOf(jump: Jump, transfer: Transfer): boolean {
  const { requestedAt, finishedAt, kind, amount, fee } = transfer;
  const amounts: (Micros | undefined)[] = [amount];
  // Whether a withdrawal includes its fee shows here.
  if (kind === 'withdrawal' && fee !== undefined) amounts.push(subtract(amount, fee));
  const isInTime =
    jump.at >= requestedAt - BOOKING_DELAY &&
    (finishedAt === null || jump.from <= finishedAt + BOOKING_DELAY);
  return isInTime && amounts.includes(jump.amount);
}

/** The jumps that belong to no transfer. */
export function unexplainedJumps(transfers: readonly Transfer[], jumps: readonly Jump[]): Jump[] {
  const taken = new Set(transfers.flatMap(({ booked, reversedAt }) => [booked?.at, reversedAt]));
  return jumps.filter(({ at }) => !taken.has(at));
}
