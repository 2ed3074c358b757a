// The legs of a combo, which pays if every one of them comes true.

import { DOLLAR, type Micros } from '../money.ts';
import { subtract } from '../quantity.ts';
import type { Leg, Market } from './market.ts';

/** `partial`: its market settled between $0 and $1, and the combo pays that part. */
export type LegState = 'open' | 'won' | 'lost' | 'partial';

/** What a leg pays per dollar, micro-dollars; null while it is open. @param market its market; undefined if unknown */
export function legPayout(
  { side, yesValue }: Leg,
  market: Pick<Market, 'settles'> | undefined,
): Micros | null {
  const yes = yesValue ?? market?.settles ?? null;
  if (yes === null) return null;
  return side === 'yes' ? yes : (subtract(DOLLAR, yes) ?? null);
}

export function legState(leg: Leg, market: Pick<Market, 'settles'> | undefined): LegState {
  const payout = legPayout(leg, market);
  if (payout === null) return 'open';
  return payout === 0 ? 'lost' : payout === DOLLAR ? 'won' : 'partial';
}

/** The texts of the legs in a combo's title, e.g. `yes Buffalo,no Over 45.5`: all but those that Kalshi cut off. */
export function legTexts(title: string): string[] {
  return title.split(/,(?=(?:yes|no) )/).map((text) => text.replace(/^(?:yes|no) /, ''));
}
