// Why the total changed over a period: results, marks, deposits and withdrawals, and a remainder that is never hidden.

import type { Sample } from '../balance/history.ts';
import { netTransfers, type Transfer } from '../balance/transfers.ts';
import { type Micros, ZERO } from '../money.ts';
import { limitedSum, negate } from '../quantity.ts';

/** All amounts in micro-dollars. `change` is the sum of the others. */
export interface Reconciliation {
  /** From and to: the times of the balances that are compared, unix milliseconds. */
  from: number;
  to: number;
  /** Whether the period began before the first balance: what was made until then is not part of `results`. */
  startsWithRecording: boolean;
  change: Micros;
  results: Micros;
  /** How much more, or less, what is held is worth than it had cost, compared with the start. */
  marks: Micros;
  /** Deposits minus withdrawals. */
  transfers: Micros;
  /** Interest, rewards, returned collateral, perps: what the lists do not explain. */
  remainder: Micros;
}

/** What is compared: a balance, and what everything held at that moment had cost. */
export interface BalanceAt {
  sample: Pick<Sample, 'at' | 'cash' | 'positions' | 'perps'>;
  /** Fees of buying included, micro-dollars. */
  basis: Micros;
}

/**
 * Explains the change between two moments.
 * @param results what was made in between, net of fees
 * @param transfers every transfer known; null if they could not be read, which leaves them in the remainder
 */
export function reconcile(
  before: BalanceAt,
  after: BalanceAt,
  results: Micros,
  transfers: readonly Transfer[] | null,
): Omit<Reconciliation, 'startsWithRecording'> {
  const withPerps = before.sample.perps !== undefined && after.sample.perps !== undefined;
  const totalOf = ({ sample }: BalanceAt) =>
    limitedSum(sample.cash, sample.positions, (withPerps && sample.perps) || ZERO);
  const marksOf = ({ sample, basis }: BalanceAt) => limitedSum(sample.positions, negate(basis));
  const change = limitedSum(totalOf(after), negate(totalOf(before)));
  const marks = limitedSum(marksOf(after), negate(marksOf(before)));
  const rows = (transfers ?? []).filter(({ kind }) => kind !== 'perps' || !withPerps);
  const paid = movedBetween(rows, before.sample.at, after.sample.at);
  return {
    from: before.sample.at,
    to: after.sample.at,
    change,
    results,
    marks,
    transfers: paid,
    remainder: limitedSum(change, negate(results), negate(marks), negate(paid)),
  };
}

function movedBetween(rows: readonly Transfer[], from: number, to: number): Micros {
  return limitedSum(netTransfers(rows, from) ?? ZERO, negate(netTransfers(rows, to) ?? ZERO));
}
