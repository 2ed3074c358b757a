// Quantities: integers of millionths of a unit, without floats. Each unit has a type of its own, so that money is not mixed
// with contracts or shares.

import * as v from 'valibot';

declare const unit: unique symbol;

/** Millionths of a unit, always a safe integer. */
export type Quantity<Unit extends string = string> = number & { readonly [unit]: Unit };

const MILLION = 1_000_000;
const DECIMAL = /^(-?)(\d{1,12})(?:\.(\d{1,6}))?$/;

/** The number as a quantity; undefined if it is not an integer that a number holds exactly. */
export function exact<Q extends Quantity>(value: number): Q | undefined {
  return Number.isSafeInteger(value) ? ((value + 0) as Q) : undefined;
}

/** A quantity as it is stored. */
export function quantitySchema<Q extends Quantity>() {
  return v.pipe(
    v.number(),
    v.safeInteger(),
    v.transform((value) => (value + 0) as Q),
  );
}

/**
 * Parses decimal text such as `"98.0186"`, digit by digit.
 * Kalshi sends up to six decimals (https://docs.kalshi.com/getting_started/fixed_point_migration).
 * @returns undefined for anything else: exponents, signs other than one leading minus, more decimals, too large
 */
export function parseDecimal<Q extends Quantity>(text: string): Q | undefined {
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', decimals = ''] = match;
  const magnitude = Number(whole + decimals.padEnd(6, '0'));
  return exact(sign && magnitude !== 0 ? -magnitude : magnitude);
}

/**
 * Plain decimal text, exact: at least two decimals and as many more as needed, at most six.
 * @example 98_018_600 gives '98.0186'
 */
export function decimal(quantity: Quantity): `${number}` {
  const magnitude = Math.abs(quantity);
  const rest = magnitude % MILLION;
  const whole = (magnitude - rest) / MILLION;
  const text = `${whole}.${String(rest)
    .padStart(6, '0')
    .replace(/0{1,4}$/, '')}`;
  return (quantity < 0 ? `-${text}` : text) as `${number}`;
}

/** The sum; undefined if a number cannot hold it exactly. */
export function add<Q extends Quantity>(a: Q, b: NoInfer<Q>): Q | undefined {
  return exact(a + b);
}

/** The difference; undefined if a number cannot hold it exactly. */
export function subtract<Q extends Quantity>(a: Q, b: NoInfer<Q>): Q | undefined {
  return exact(a - b);
}

/** The sum, limited to what a number holds exactly: about ±9 billion dollars or contracts. */
export function limitedSum<Q extends Quantity>(first: Q, ...others: NoInfer<Q>[]): Q {
  let sum: number = first;
  for (const each of others) sum += each;
  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(sum, Number.MAX_SAFE_INTEGER)) as Q;
}

/** Whether a sum may have been limited. */
export function isLimited(quantity: Quantity): boolean {
  return Math.abs(quantity) >= Number.MAX_SAFE_INTEGER;
}

export function negate<Q extends Quantity>(quantity: Q): Q {
  return (0 - quantity) as Q;
}

export function smaller<Q extends Quantity>(a: Q, b: NoInfer<Q>): Q {
  return a < b ? a : b;
}

export function larger<Q extends Quantity>(a: Q, b: NoInfer<Q>): Q {
  return a > b ? a : b;
}

/** `quantity × part / whole`, truncated toward zero; 0 if `whole` is. `part` is at most `whole`. */
export function proportion<Q extends Quantity, P extends Quantity>(
  quantity: Q,
  part: P,
  whole: NoInfer<P>,
): Q {
  return (whole === 0 ? 0 : Number((BigInt(quantity) * BigInt(part)) / BigInt(whole))) as Q;
}
