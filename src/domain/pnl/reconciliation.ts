// Why the total changed over a period: results, marks, deposits and withdrawals, and a remainder that is never hidden.

import type { Sample } from '../balance/history.ts';
import { netTransfers, type Transfer } from '../balance/transfers.ts';

/** All amounts in micro-dollars. `change` is the sum of the others. */
export interface Reconciliation {
  /** From and to: the times of the balances that are compared, unix milliseconds. */
  from: number;
  to: number;
  change: number;
  results: number;
  /** How much more, or less, what is held is worth than it had cost, compared with the start. */
  marks: number;
  /** Deposits minus withdrawals. */
  transfers: number;
  /** Interest, rewards, returned collateral, perps: what the lists do not explain. */
  remainder: number;
}

/** What is compared: a balance, and what everything held at that moment had cost. */
export interface Standing {
  sample: Pick<Sample, 'at' | 'cash' | 'positions' | 'perps'>;
  /** Fees of buying included, micro-dollars. */
  basis: number;
}

/**
 * Explains the change between two moments.
 * @param results what was made in between, net of fees
 * @param transfers every transfer known; null if they could not be read, which leaves them in the remainder
 */
export function reconcile(
  before: Standing,
  after: Standing,
  results: number,
  transfers: readonly Transfer[] | null,
): Reconciliation {
  const withPerps = before.sample.perps !== undefined && after.sample.perps !== undefined;
  const totalOf = ({ sample }: Standing) =>
    sample.cash + sample.positions + (withPerps ? (sample.perps ?? 0) : 0);
  const marksOf = ({ sample, basis }: Standing) => sample.positions - basis;
  const change = totalOf(after) - totalOf(before);
  const marks = marksOf(after) - marksOf(before);
  const rows = (transfers ?? []).filter(({ kind }) => kind !== 'perps' || !withPerps);
  const paid = movedBetween(rows, before.sample.at, after.sample.at);
  return {
    from: before.sample.at,
    to: after.sample.at,
    change,
    results,
    marks,
    transfers: paid,
    remainder: change - results - marks - paid,
  };
}

function movedBetween(rows: readonly Transfer[], from: number, to: number): number {
  return (netTransfers(rows, from) ?? 0) - (netTransfers(rows, to) ?? 0);
}
