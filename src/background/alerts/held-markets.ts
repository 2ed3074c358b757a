// The markets that are held, as alerts look at them.

import type { HeldMarket } from '../../domain/alerts/observed.ts';
import type { Holdings } from '../../domain/holdings/holdings.ts';
import { priceOf } from '../../domain/holdings/position.ts';

/** Each with the prices of its side and its closing time, as far as they are known. */
export function heldMarkets({ positions, markets }: Holdings): HeldMarket[] {
  return positions.map(({ ticker, event, title, answer, side, closesAt }) => {
    const { previous, last, legs = [] } = markets[ticker] ?? {};
    const [from, to] = [priceOf(side, previous), priceOf(side, last)];
    return { ticker, event: legs.length > 0 ? '' : event, title, answer, side, closesAt, from, to };
  });
}
