// Decoding the balance response: validated field by field, as exact money.

import * as v from 'valibot';
import type { Micros } from '../domain/money.ts';
import { add } from '../domain/quantity.ts';
import { cents, dollars } from './schemas.ts';

/** The balance, in micro-dollars. */
export interface Balance {
  cash: Micros;
  positions: Micros;
}

/**
 * `balance_dollars` is exact and newer (28 May 2026); `balance` is the same in cents, truncated
 * (https://docs.kalshi.com/api-reference/portfolio/get-balance).
 */
export const balanceSchema = v.object({
  balance_dollars: v.optional(v.nullable(dollars)),
  balance: v.optional(v.nullable(cents)),
  portfolio_value: cents,
});

/**
 * Decodes the body of a 200 response.
 * @returns the figures; `not-json` if the text is no JSON; `unexpected` if a field is missing, of another type,
 * not a plain decimal, or too large to be exact
 */
export function decodeBalance(body: string): Balance | 'not-json' | 'unexpected' {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return 'not-json';
  }
  const parsed = v.safeParse(balanceSchema, value);
  if (!parsed.success) return 'unexpected';
  const { balance_dollars, balance, portfolio_value: positions } = parsed.output;
  const cash = balance_dollars ?? balance;
  if (cash === undefined || cash === null || add(cash, positions) === undefined) return 'unexpected';
  return { cash, positions };
}
