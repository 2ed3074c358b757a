// Contracts: counted in millionths, because fractional contracts exist.

import { DOLLAR, type Micros } from './money.ts';
import { exact, parseDecimal, type Quantity, quantitySchema } from './quantity.ts';

/** Millionths of a contract. */
export type Contracts = Quantity<'contract'>;

export const contractsSchema = quantitySchema<Contracts>();

export const NO_CONTRACTS = 0 as Contracts;

/** Parses a count such as `"12.50"` (`*_fp`). @returns undefined for anything else */
export function parseContracts(text: string): Contracts | undefined {
  return parseDecimal(text);
}

/** Contracts at a price. Truncated toward zero; undefined if too large. */
export function multiply(price: Micros, count: Contracts): Micros | undefined {
  return exact(Number((BigInt(price) * BigInt(count)) / BigInt(DOLLAR)));
}

/** The price of one contract. Truncated toward zero; undefined for no contracts, or if too large. */
export function divide(amount: Micros, count: Contracts): Micros | undefined {
  return count === 0 ? undefined : exact(Number((BigInt(amount) * BigInt(DOLLAR)) / BigInt(count)));
}
