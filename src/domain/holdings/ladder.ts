// What the positions of a ladder can pay together: markets that are thresholds of one value ("above 3.1 %", "above 3.2 %").

import { multiply } from '../contracts.ts';
import { DOLLAR, type Micros, ZERO } from '../money.ts';
import { add } from '../quantity.ts';
import type { Threshold } from './market.ts';
import type { Position } from './position.ts';

/**
 * What the positions pay, micro-dollars, for the value below, at and above each strike; null where that is too large to be
 * exact. Empty if the threshold of one is not known, or two markets have the same: they cannot be of one value then.
 */
export function ladderPayouts(
  positions: readonly Pick<Position, 'side' | 'count' | 'threshold'>[],
): (Micros | null)[] {
  const thresholds = positions.flatMap(({ threshold }) => threshold ?? []);
  const isOneLadder = new Set(thresholds.map((each) => JSON.stringify(each))).size === positions.length;
  if (!isOneLadder) return [];
  const strikes = [...new Set(thresholds.map(({ strike }) => strike))].sort((a, b) => a - b);
  return valuesAround(strikes).map((value) =>
    positions.reduce<Micros | null>((sum, { side, count, threshold }) => {
      const isYes = threshold !== undefined && contains(threshold, value);
      if (sum === null || isYes !== (side === 'yes')) return sum;
      const payout = multiply(DOLLAR, count);
      return payout === undefined ? null : (add(sum, payout) ?? null);
    }, ZERO),
  );
}

/** @param strikes rising @returns each strike, and a value on either side of it */
function valuesAround(strikes: readonly number[]): number[] {
  return strikes.flatMap((strike, index) => {
    const next = strikes[index + 1];
    return [
      ...(index === 0 ? [Number.NEGATIVE_INFINITY] : []),
      strike,
      next === undefined ? Number.POSITIVE_INFINITY : (strike + next) / 2,
    ];
  });
}

function contains({ strike, way, orEqual }: Threshold, value: number): boolean {
  if (value === strike) return orEqual;
  return way === 'above' ? value > strike : value < strike;
}
