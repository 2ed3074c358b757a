// Money, prices and counts as text in the user's language. Nothing is ever rounded up.

import { CENT, DOLLAR, decimal, type Micros } from '../portfolio/money.ts';
import { formatter } from './intl-cache.ts';

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
  return `${hundredths(price, CENT, locale)}¢`;
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
