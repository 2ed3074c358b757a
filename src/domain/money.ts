// Money: integers of micro-dollars, parsed from and written to decimal text without floats.

declare const unit: unique symbol;

/** Micro-dollars (1 USD = 1 000 000), always a safe integer; exact up to about ±9 billion dollars. */
export type Micros = number & { readonly [unit]: 'micro-dollars' };

/** One dollar, which is also the payout of a winning contract. */
export const DOLLAR = 1_000_000 as Micros;
/** One cent. */
export const CENT = 10_000 as Micros;
const DECIMAL = /^(-?)(\d{1,12})(?:\.(\d{1,6}))?$/;

/** No money. */
export const ZERO = 0 as Micros;

/**
 * Checks a number of micro-dollars.
 * @returns undefined if it is not an integer that a number holds exactly
 */
export function micros(value: number): Micros | undefined {
  return Number.isSafeInteger(value) ? ((value + 0) as Micros) : undefined;
}

/**
 * Parses a decimal dollar string such as `"98.0186"`, digit by digit.
 * Kalshi sends up to six decimals (https://docs.kalshi.com/getting_started/fixed_point_migration).
 * @returns undefined for anything else: exponents, signs other than one leading minus, more decimals, too large
 */
export function parseDollars(text: string): Micros | undefined {
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', decimals = ''] = match;
  const magnitude = Number(whole + decimals.padEnd(6, '0'));
  if (!Number.isSafeInteger(magnitude)) return undefined;
  return (sign && magnitude !== 0 ? -magnitude : magnitude) as Micros;
}

/**
 * Converts a number of cents.
 * @returns undefined if it is not an integer, or too large to be exact in micro-dollars
 */
export function fromCents(cents: number): Micros | undefined {
  return Number.isSafeInteger(cents) ? micros(cents * CENT) : undefined;
}

/** The sum, in micro-dollars; undefined if a number cannot hold it exactly. */
export function add(a: Micros, b: Micros): Micros | undefined {
  return micros(a + b);
}

/** The difference, in micro-dollars; undefined if a number cannot hold it exactly. */
export function subtract(a: Micros, b: Micros): Micros | undefined {
  return micros(a - b);
}

/** Contracts, in millionths, times a price. Truncated toward zero; undefined if too large. */
export function multiply(a: Micros, b: Micros): Micros | undefined {
  return micros(Number((BigInt(a) * BigInt(b)) / BigInt(DOLLAR)));
}

/** An amount per contract; `count` is in millionths. Truncated toward zero; undefined for no contracts, or if too large. */
export function divide(amount: Micros, count: Micros): Micros | undefined {
  return count === 0 ? undefined : micros(Number((BigInt(amount) * BigInt(DOLLAR)) / BigInt(count)));
}

/** Whole dollars, truncated toward zero, with the sign separate so that −$0.50 differs from $0. */
export function wholeDollars(amount: Micros): { negative: boolean; dollars: number } {
  const magnitude = Math.abs(amount);
  return {
    negative: amount < 0,
    dollars: (magnitude - (magnitude % DOLLAR)) / DOLLAR,
  };
}

/**
 * The amount as plain decimal text, exact: at least two decimals and as many more as needed, at most six.
 * @example decimal(98_018_600) === '98.0186'
 */
export function decimal(amount: Micros): `${number}` {
  const { negative, dollars } = wholeDollars(amount);
  const rest = String(Math.abs(amount) % DOLLAR).padStart(6, '0');
  const text = `${dollars}.${rest.replace(/0{1,4}$/, '')}`;
  return (negative ? `-${text}` : text) as `${number}`;
}
