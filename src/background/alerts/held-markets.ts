// The markets that are held, as alerts look at them.

import type { Observed } from '../../domain/alerts/observed.ts';
import type { Holdings } from '../../domain/holdings/holdings.ts';
import { subtract } from '../../domain/quantity.ts';
import { shareOf } from '../../domain/share.ts';

/** Each with its move since yesterday and its closing time, as far as they are known. */
export function heldMarkets({ positions, markets }: Holdings): NonNullable<Observed['held']> {
  return positions.map(({ ticker, title, closesAt }) => {
    const { last = null, previous = null } = markets[ticker] ?? {};
    const moved = last !== null && previous !== null ? subtract(last, previous) : undefined;
    const move = moved === undefined || previous === null ? null : shareOf({ amount: moved, from: previous });
    return { ticker, title, move, closesAt };
  });
}
