// Since when each list is live: what is older is archived.
/** Since when each list is live, unix milliseconds; what is older is in the archive alone, settlements in no list. */
export interface Cutoffs {
  fills: number;
  markets: number;
  settlements: number;
  orders: number;
  positions: number;
}

const DAY = 86_400_000;

/** The archive as it was seen in 2026: everything after some sixty days, orders after two weeks. `now`: unix milliseconds */
export function usualCutoffs(now: number): Cutoffs {
  const midnight = (days: number) => (Math.floor(now / DAY) - days) * DAY;
  const sixty = midnight(60);
  return { fills: sixty, markets: sixty, settlements: sixty, positions: sixty, orders: midnight(14) };
}
