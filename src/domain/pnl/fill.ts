// Fills: how much of a market was bought or sold, when, and at which price.

import type { Contracts } from '../contracts.ts';
import type { Micros } from '../money.ts';

/** A fill as the exchange reports it. */
export interface Fill {
  id: string;
  ticker: string;
  /** The side that was bought. Selling a side is buying the other one, and Kalshi reports it that way. */
  side: 'yes' | 'no';
  count: Contracts;
  /** The price of `side`, micro-dollars a contract. */
  price: Micros;
  /** Micro-dollars, for the whole fill; 0 where the list does not say it (before 28 January 2026). */
  fee: Micros;
  /** Unix milliseconds. */
  at: number;
}
