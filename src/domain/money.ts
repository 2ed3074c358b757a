// Money: integers of micro-dollars.

import { exact, parseDecimal, type Quantity, quantitySchema } from './quantity.ts';

/** Micro-dollars (1 USD = 1 000 000), always a safe integer; exact up to about ±9 billion dollars. */
export type Micros = Quantity<'dollar'>;

export const microsSchema = quantitySchema<Micros>();

/** One dollar, which is also the payout of a winning contract. */
export const DOLLAR = 1_000_000 as Micros;
/** One cent. */
export const CENT = 10_000 as Micros;

/** No money. */
export const ZERO = 0 as Micros;

/** A number of micro-dollars; undefined if it is not an integer that a number holds exactly. */
export function micros(value: number): Micros | undefined {
  return exact(value);
}

/** Parses a decimal dollar string such as `"98.0186"` (`*_dollars`). @returns undefined for anything else */
export function parseDollars(text: string): Micros | undefined {
  return parseDecimal(text);
}

/**
 * Converts a number of cents.
 * @returns undefined if it is not an integer, or too large to be exact in micro-dollars
 */
export function fromCents(cents: number): Micros | undefined {
  return Number.isSafeInteger(cents) ? micros(cents * CENT) : undefined;
}

/** Whole dollars, truncated toward zero, with the sign separate so that −$0.50 differs from $0. */
export function wholeDollars(amount: Micros): { negative: boolean; dollars: number } {
  const magnitude = Math.abs(amount);
  return {
    negative: amount < 0,
    dollars: (magnitude - (magnitude % DOLLAR)) / DOLLAR,
  };
}
