// Money, prices and counts as text in the user's language, with a true minus. Nothing is ever rounded up.

import type { Contracts } from '../../domain/contracts.ts';
import { CENT, type Micros, ZERO } from '../../domain/money.ts';
import { decimal, type Quantity } from '../../domain/quantity.ts';
import { type Share, shareOf } from '../../domain/share.ts';
import { formatter } from './intl-cache.ts';

/** `cents` rounds down; `exact` shows every decimal. */
export type Precision = 'cents' | 'exact';

/**
 * The amount for reading, in the given locale, e.g. `$1,234.56`. Never rounded up: `cents` rounds down, losses and debts too;
 * less than a cent below zero is `$0.00`.
 * @param locale a BCP 47 tag; only separators and the place of the sign depend on it
 */
export function formatDollars(amount: Micros, locale: string, precision: Precision = 'cents'): string {
  const shown = precision === 'cents' && isFlat(amount) ? ZERO : amount;
  return withTrueMinus(formatter(Intl.NumberFormat, locale, DECIMALS[precision]).format(decimal(shown)));
}

/** `Intl` writes a hyphen in most languages: it is shorter than a plus sign, and some screen readers leave it out. */
function withTrueMinus(text: string): string {
  return text.replace('-', '−');
}

/** A change for reading: with its sign, e.g. `+$18.42`, `−$3.01`; `$0.00` for less than a cent. Rounded down like amounts. */
export function formatChange(amount: Micros, locale: string, precision: Precision = 'cents'): string {
  const text = formatDollars(amount, locale, precision);
  return amount > 0 && !(precision === 'cents' && isFlat(amount)) ? `+${text}` : text;
}

/** Whether an amount is less than a cent, up or down. */
export function isFlat(amount: Micros): boolean {
  return Math.abs(amount) < CENT;
}

/** A share for reading, e.g. `+1.2%`, `−0.45%`. Rounded down to a tenth of a percent; below one percent, to a hundredth. */
export function formatShare(share: Share, locale: string): string {
  const maximumFractionDigits = Math.abs(share) < PERCENT ? 2 : 1;
  return withTrueMinus(
    formatter(Intl.NumberFormat, locale, SHARES[maximumFractionDigits]).format(decimal(share)),
  );
}

/** An amount as a share of another, in parentheses; undefined if it is less than a cent, or less than a hundredth of a percent. */
export function formatShareOf(part: { amount: Micros; from: Micros }, locale: string): string | undefined {
  const share = isFlat(part.amount) ? null : shareOf(part);
  return share === null || Math.abs(share) < PERCENT / 100 ? undefined : `(${formatShare(share, locale)})`;
}

/** A price for reading, in cents: `48¢`, `81.8¢`. Truncated to a hundredth of a cent. */
export function formatCents(price: Micros, locale: string): string {
  return `${hundredths(price, CENT, locale)}¢`;
}

/** Contracts for reading; they are counted in millionths, and shown in hundredths. */
export function formatCount(count: Contracts, locale: string): string {
  return hundredths(count, 1_000_000, locale);
}

/** An amount in a unit, with at most two decimals, truncated. */
function hundredths(amount: Quantity, unit: number, locale: string): string {
  const magnitude = Math.abs(amount);
  const whole = (magnitude - (magnitude % unit)) / unit;
  const rest = String(Math.trunc(((magnitude % unit) * 100) / unit)).padStart(2, '0');
  const text = `${amount < 0 ? '-' : ''}${whole}.${rest}` as `${number}`;
  return withTrueMinus(formatter(Intl.NumberFormat, locale, HUNDREDTHS).format(text));
}

/** Amounts in dollars. */
const DOLLARS = {
  style: 'currency',
  currency: 'USD',
  currencyDisplay: 'narrowSymbol',
  minimumFractionDigits: 2,
  roundingMode: 'floor',
} as const;
const DECIMALS: Record<Precision, Intl.NumberFormatOptions> = {
  cents: { ...DOLLARS, maximumFractionDigits: 2 },
  exact: { ...DOLLARS, maximumFractionDigits: 6 },
};
/** One percent as a share. */
const PERCENT = 10_000;
const SHARE = { style: 'percent', roundingMode: 'floor', signDisplay: 'exceptZero' } as const;
/** By the most decimals. */
const SHARES = {
  1: { ...SHARE, maximumFractionDigits: 1 },
  2: { ...SHARE, maximumFractionDigits: 2 },
} as const;
const HUNDREDTHS = { maximumFractionDigits: 2, roundingMode: 'trunc' } as const;

/** Replaces a hidden amount, with the same width for every amount. */
export const HIDDEN = '•••';

/** A formatted amount in two parts: dollars, and cents with their separator. */
export function inParts(text: string): [dollars: string, cents: string] {
  const [, dollars = text, cents = ''] = /^(.*)([.,]\d\d\D*)$/.exec(text) ?? [];
  return [dollars, cents];
}
