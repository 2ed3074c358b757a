// Money: integers of micro-dollars, parsed from and written to decimal text without floats.

import { formatter } from '../view/intl-cache.ts';

declare const unit: unique symbol;

/** Micro-dollars (1 USD = 1 000 000), always a safe integer; exact up to about ±9 billion dollars. */
export type Micros = number & { readonly [unit]: 'micro-dollars' };

/** One dollar, which is also the payout of a winning contract. */
export const DOLLAR = 1_000_000 as Micros;
const MICROS_PER_CENT = 10_000;
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
  return Number.isSafeInteger(cents) ? micros(cents * MICROS_PER_CENT) : undefined;
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

/** `cents` truncates toward zero; `exact` shows every decimal. */
export type Precision = 'cents' | 'exact';

/**
 * The amount for reading, in the given locale, e.g. `$1,234.56`. Never rounded up: `cents` cuts off what is below a cent.
 * @param locale a BCP 47 tag; only separators and the place of the sign depend on it
 */
export function formatDollars(amount: Micros, locale: string, precision: Precision = 'cents'): string {
  return formatter(Intl.NumberFormat, locale, DECIMALS[precision]).format(decimal(amount));
}

/** A change for reading: always with its sign, e.g. `+$18.42`, `-$3.00`, `$0.00`. Truncated toward zero like amounts. */
export function formatChange(amount: Micros, locale: string, precision: Precision = 'cents'): string {
  const text = formatDollars(amount, locale, precision);
  return amount > 0 ? `+${text}` : text;
}

/** A price for reading, in cents: `48¢`, `81.8¢`. Truncated to a hundredth of a cent. */
export function formatCents(price: Micros, locale: string): string {
  return `${hundredths(price, MICROS_PER_CENT, locale)}¢`;
}

/** Contracts for reading; they are counted in millionths, and shown in hundredths. */
export function formatCount(count: Micros, locale: string): string {
  return hundredths(count, DOLLAR, locale);
}

/** An amount in a unit, with at most two decimals, truncated. */
function hundredths(amount: Micros, unit: number, locale: string): string {
  const whole = (amount - (amount % unit)) / unit;
  const rest = String(Math.trunc(((amount % unit) * 100) / unit)).padStart(2, '0');
  return formatter(Intl.NumberFormat, locale, HUNDREDTHS).format(`${whole}.${rest}` as `${number}`);
}

/** Amounts in dollars. */
const DOLLARS = {
  style: 'currency',
  currency: 'USD',
  currencyDisplay: 'narrowSymbol',
  minimumFractionDigits: 2,
  roundingMode: 'trunc',
} as const;
const DECIMALS: Record<Precision, Intl.NumberFormatOptions> = {
  cents: { ...DOLLARS, maximumFractionDigits: 2 },
  exact: { ...DOLLARS, maximumFractionDigits: 6 },
};
const HUNDREDTHS = { maximumFractionDigits: 2, roundingMode: 'trunc' } as const;

/** Replaces a hidden amount, with the same width for every amount. */
export const HIDDEN = '•••';

/** A formatted amount in two parts: dollars, and cents with their separator. */
export function inParts(text: string): [dollars: string, cents: string] {
  const [, dollars = text, cents = ''] = /^(.*)([.,]\d\d\D*)$/.exec(text) ?? [];
  return [dollars, cents];
}
