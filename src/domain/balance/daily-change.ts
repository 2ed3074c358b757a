// The last day of an account, updated with each sample: where today started, the points of the small chart, and the change.

import * as v from 'valibot';
import { DAY_MS, MINUTE_MS } from '../durations.ts';
import { type Micros, microsSchema, ZERO } from '../money.ts';
import { add, larger, subtract } from '../quantity.ts';
import type { Jump } from './cash-jumps.ts';
import { isGap, type Sample, slotOf } from './history.ts';
import { type Amounts, exactTotal } from './snapshot.ts';
import { type TransferList, unexplainedSince } from './transfer-list.ts';
import { isDoubtful, movedBefore, netTransfers, type Transfer } from './transfers.ts';

const pointSchema = v.object({
  /** When, unix milliseconds by the exchange's clock. */
  at: v.number(),
  cash: microsSchema,
  positions: microsSchema,
  /** Absent if perps were not part of the total. */
  perps: v.optional(microsSchema),
  /** There is no data right before it. */
  gap: v.boolean(),
});

export const daySchema = v.object({
  /** The local midnight at which the day started, unix milliseconds. */
  began: v.number(),
  /** What the change is measured from: the last sample before midnight, or the first one after it. */
  base: pointSchema,
  /** Whether the base is the value at midnight: it was recorded within one polling period of it. */
  whole: v.boolean(),
  /** At most one point per step of the last 24 hours, oldest first; the last one is the latest sample. */
  points: v.array(pointSchema),
});
export type Day = v.InferOutput<typeof daySchema>;

/** One point every ten minutes: 144 are enough for the width of the small chart. Milliseconds. */
export const STEP = 10 * MINUTE_MS;
/** Alarms are not exact: a sample may be this late. Milliseconds. */
const LATENESS = 10_000;

/**
 * The day after a sample.
 * @param midnight the local midnight before the sample, unix milliseconds
 * @param periodMs the polling period
 */
export function addSampleToDay(
  known: Day | null,
  { at, ...amounts }: Omit<Sample, 'gap'>,
  midnight: number,
  periodMs: number,
): Day {
  const latest = known?.points.at(-1);
  // A point of another day to come was recorded with a wrong clock: it must not keep out what is recorded now.
  const before = latest && latest.at > at + DAY_MS ? null : known;
  const last = before?.points.at(-1);
  if (before && last && at <= last.at) return before; // samples are in order
  const gap = isGap(last?.at, at, periodMs);
  const sameStep = last && slotOf(last.at, STEP) === slotOf(at, STEP);
  const older = (sameStep ? before?.points.slice(0, -1) : before?.points) ?? [];
  const points = [...older, { at, ...amounts, gap: gap || (sameStep === true && last.gap) }].filter(
    (point) => point.at > at - DAY_MS,
  );
  if (before && before.began === midnight) return { ...before, points };
  return { began: midnight, ...baseAt(points, midnight, periodMs), points };
}

/**
 * The last point before midnight, if there is no gap after it; otherwise the first one after midnight. A point within one
 * period of midnight is the value at midnight.
 */
function baseAt(points: Day['points'], midnight: number, periodMs: number): Pick<Day, 'base' | 'whole'> {
  const next = points.findIndex(({ at }) => at > midnight);
  const [before, after] = [points[next - 1], points[next]];
  const isMidnight = ({ at }: Day['base']) => Math.abs(at - midnight) <= periodMs + LATENESS;
  if (before && isMidnight(before)) return { base: before, whole: true };
  if (after && isMidnight(after)) return { base: after, whole: true };
  if (before && after && !after.gap) return { base: before, whole: false };
  return { base: (after ?? points.at(-1)) as Day['base'], whole: false };
}

/** Midnight, or a time in unix milliseconds. */
export type Since = 'midnight' | number;

/**
 * What is known about deposits and withdrawals: `excluded`: all of them are left out · `included`: they could not be read ·
 * `doubtful`: for some it is not known when they moved the money.
 */
export type TransferHandling = 'excluded' | 'included' | 'doubtful';

/** How the total has moved. Called "change", never "profit". */
export interface Change {
  /** Total now minus total then, minus deposits, plus withdrawals, micro-dollars. */
  amount: Micros;
  /** Total then plus what was deposited since, micro-dollars: what the change is a percentage of. */
  from: Micros;
  /** Deposits minus withdrawals since then, which `amount` leaves out, micro-dollars. */
  paid: Micros;
  /** When it starts; several times for several accounts. */
  since: readonly Since[];
  transfers: TransferHandling;
}

/** The change; `unconfirmed` while the cash has moved and deposits were not read since; null without data for today. */
export type DailyChange = Change | 'unconfirmed' | null;

/**
 * The change of today.
 * @param figures the figures shown
 * @param transfers null if they were never requested
 * @param midnight the local midnight before now, unix milliseconds
 */
export function dailyChangeOf(
  day: Day | null,
  figures: Amounts,
  transfers: TransferList | null,
  midnight: number,
): DailyChange {
  if (!day || day.began !== midnight) return null;
  if (transfers?.status === 'unconfirmed') return 'unconfirmed';
  const list = transfers?.status === 'unreadable' ? null : transfers;
  const unexplained = unexplainedSince(list, day.base.at);
  const change = changeBetween(day.base, figures, list?.rows ?? null, { unexplained });
  if (!change) return null;
  const handling = list?.status === 'partial' ? 'doubtful' : change.transfers;
  return { ...change, transfers: handling, since: [day.whole ? 'midnight' : day.base.at] };
}

/**
 * The change between two balances of an account.
 * @param transfers null if they could not be read
 * @param options `until`: when the later balance was recorded, unix milliseconds, if transfers may be known that came after
 * it; `unexplained`: the jumps of the cash since the first balance that no transfer explains, if they are known
 * @returns null if it cannot be computed exactly
 */
export function changeBetween(
  base: Amounts & { at: number },
  later: Amounts,
  transfers: readonly Transfer[] | null,
  {
    until = Number.POSITIVE_INFINITY,
    unexplained,
  }: { until?: number; unexplained?: readonly Jump[] | undefined } = {},
): Change | null {
  // Perps count only where both totals contain them; otherwise what moved to or from perps counts as a transfer.
  const withPerps = base.perps !== undefined && later.perps !== undefined;
  const totalOf = (amounts: Amounts) =>
    exactTotal(withPerps ? amounts : { cash: amounts.cash, positions: amounts.positions });
  const rows = (transfers ?? []).filter(({ kind }) => kind !== 'perps' || !withPerps);
  const moving = unexplained ? rows.filter((row) => !movedBefore(row, base.at, unexplained)) : rows;
  const [now, then] = [totalOf(later), totalOf(base)];
  const [sinceBase, afterwards] = [netTransfers(moving, base.at), netTransfers(moving, until)];
  if (now === undefined || then === undefined || sinceBase === undefined || afterwards === undefined)
    return null;
  const moved = subtract(now, then);
  const paid = subtract(sinceBase, afterwards);
  const amount = moved === undefined || paid === undefined ? undefined : subtract(moved, paid);
  const from = paid === undefined ? undefined : add(then, larger(paid, ZERO));
  if (amount === undefined || paid === undefined || from === undefined) return null;
  const isUncertain = rows.some(
    (row) =>
      isDoubtful(row, base.at, unexplained) ||
      (until !== Number.POSITIVE_INFINITY && isDoubtful(row, until, unexplained)),
  );
  return {
    amount,
    from,
    paid,
    since: [base.at],
    transfers: transfers === null ? 'included' : isUncertain ? 'doubtful' : 'excluded',
  };
}

const CERTAINTY: readonly TransferHandling[] = ['excluded', 'doubtful', 'included'];

/** The changes of several accounts combined, with each time from which one of them is counted. */
export function combineChanges(changes: readonly DailyChange[]): DailyChange {
  let sum: DailyChange = changes[0] ?? null;
  for (const next of changes.slice(1)) {
    if (!sum || !next) return null;
    if (sum === 'unconfirmed' || next === 'unconfirmed') {
      sum = 'unconfirmed';
      continue;
    }
    const [amount, from, paid] = [
      add(sum.amount, next.amount),
      add(sum.from, next.from),
      add(sum.paid, next.paid),
    ];
    if (amount === undefined || from === undefined || paid === undefined) return null;
    const transfers = CERTAINTY[Math.max(...[sum, next].map((each) => CERTAINTY.indexOf(each.transfers)))];
    sum = {
      amount,
      from,
      paid,
      since: [...new Set([...sum.since, ...next.since])].sort(byTime),
      transfers: transfers ?? 'included',
    };
  }
  return sum;
}

function byTime(a: Since, b: Since): number {
  return (a === 'midnight' ? 0 : a) - (b === 'midnight' ? 0 : b);
}
