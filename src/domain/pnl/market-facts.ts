// What Kalshi's lists say about a market besides its fills.

import type { SettledMarket } from '../holdings/settlement.ts';
import type { Micros } from '../money.ts';

/** How a market ended, by the market's own row: settlements are archived without a list, markets are not. */
export interface Ending {
  ticker: string;
  result: string;
  /** What a YES contract was paid, micro-dollars. */
  value: Micros;
  /** When it was paid, unix milliseconds. */
  at: number;
}

/** Kalshi's own books of a settled position (`/portfolio/positions`, `/historical/positions`). Micro-dollars. */
export interface Books {
  ticker: string;
  /** The profit without fees, and the fees (recorded: tests/exchange/recorded/positions.ts). */
  realized: Micros;
  fees: Micros;
  /** What was spent on the market. */
  traded: Micros;
  /** When it last changed, unix milliseconds. */
  at: number;
}

/** What is known about a market; null for what no list has. */
export interface MarketFacts {
  settled: SettledMarket | null;
  ending: Ending | null;
  books: Books | null;
}
