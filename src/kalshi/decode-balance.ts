// Decoding the balance response: validated field by field, as exact money.

import * as v from 'valibot';
import { CENT, type Micros, ZERO } from '../domain/money.ts';
import { add, limitedSum } from '../domain/quantity.ts';
import { cents, dollars } from './schemas.ts';

/** The balance, in micro-dollars. */
export interface Balance {
  cash: Micros;
  positions: Micros;
}

const shardSchema = v.object({ balance: dollars });

/**
 * `balance_dollars` is exact and newer (28 May 2026); `balance` is the same in cents, truncated. The breakdown is exact too:
 * one balance for each shard (https://docs.kalshi.com/api-reference/portfolio/get-balance).
 */
export const balanceSchema = v.object({
  balance_breakdown: v.fallback(v.nullish(v.array(shardSchema)), null),
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
  const { balance_dollars, balance, balance_breakdown, portfolio_value: positions } = parsed.output;
  const cash = balance_dollars ?? exactCents(balance, balance_breakdown ?? []);
  if (cash === undefined || cash === null || add(cash, positions) === undefined) return 'unexpected';
  return { cash, positions };
}

/** Truncated cents as the sum of the shards, if it is the same amount. */
function exactCents(
  truncated: Micros | null | undefined,
  shards: readonly { balance: Micros }[],
): Micros | null | undefined {
  if (truncated === null || truncated === undefined) return truncated;
  const sum = limitedSum(ZERO, ...shards.map(({ balance }) => balance));
  return sum - (sum % CENT) === truncated ? sum : truncated;
}
