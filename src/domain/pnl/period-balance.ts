// The reconciliation of an account over a period: which balances are compared, and what happened in between.

import type { Sample } from '../balance/history.ts';
import type { Transfer } from '../balance/transfers.ts';
import { ZERO } from '../money.ts';
import { limitedSum } from '../quantity.ts';
import { type MarketResult, resultOf } from './market-result.ts';
import { type Reconciliation, reconcile } from './reconciliation.ts';

type Balance = Pick<Sample, 'at' | 'cash' | 'positions' | 'perps'>;

/**
 * Compares the last balance before a time, or the first one after it, with the latest.
 * @param samples oldest first
 * @param from unix milliseconds
 * @param transfers null if they could not be read
 * @returns undefined if there are no two balances
 */
export function reconcilePeriod(
  samples: readonly Balance[],
  latest: Balance,
  from: number,
  markets: readonly MarketResult[],
  transfers: readonly Transfer[] | null,
): Reconciliation | undefined {
  const start = samples.findLast(({ at }) => at <= from) ?? samples[0];
  if (!start || start.at >= latest.at) return undefined;
  let [results, basisBefore, basisAfter] = [ZERO, ZERO, ZERO];
  for (const { parts } of markets) {
    for (const part of parts) {
      if (part.at > start.at) results = limitedSum(results, resultOf(part));
      else basisBefore = limitedSum(basisBefore, part.basis);
      basisAfter = limitedSum(basisAfter, part.basis);
    }
  }
  const before = { sample: start, basis: basisBefore };
  const explained = reconcile(before, { sample: latest, basis: basisAfter }, results, transfers);
  return { ...explained, startsWithRecording: start.at > from };
}

/** Several accounts together, from the latest of their first balances on; undefined if one has none. */
export function addReconciliations(all: readonly (Reconciliation | undefined)[]): Reconciliation | undefined {
  let sum: Reconciliation | undefined;
  for (const each of all) {
    if (!each) return undefined;
    sum = sum
      ? {
          from: Math.max(sum.from, each.from),
          to: Math.max(sum.to, each.to),
          startsWithRecording: sum.startsWithRecording || each.startsWithRecording,
          change: limitedSum(sum.change, each.change),
          results: limitedSum(sum.results, each.results),
          marks: limitedSum(sum.marks, each.marks),
          transfers: limitedSum(sum.transfers, each.transfers),
          remainder: limitedSum(sum.remainder, each.remainder),
        }
      : each;
  }
  return sum;
}
