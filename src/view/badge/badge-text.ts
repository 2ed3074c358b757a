// An amount as text for the badge: three digit-widths, never clipped into another plausible amount.

import { DOLLAR, type Micros, wholeDollars } from '../../domain/money.ts';

/**
 * An amount in at most three digit-widths, rounded down and never overstated, e.g. `98`, `1.2k`, `12k`, `.1M`, `1M`.
 *
 * The widths were measured in Chromium's real toolbar: `000` and `12k` are drawn whole and `0.0k` is the widest that
 * stays legible, while `0000`, `120k`, `1.0M` lose both ends and `$123` reads `$12`. So there is no currency sign, and
 * the band is chosen after truncation: $999.99 is `999`, never `1.0k`. Below a dollar there is no digit to show:
 * `<1` and `<0` keep a few cents and a small debt apart from `0`.
 */
export function badgeText(amount: Micros): string {
  const { negative, dollars } = wholeDollars(amount);
  if (negative) return loss(amount);
  return dollars === 0 ? (amount === 0 ? '0' : '<1') : wide(dollars);
}

/**
 * A change in at most three digit-widths, with its sign: `+18`, `-.1k`, `0`. The sign needs space, so a change of
 * $10,000 and more shows only its sign: `>0`, `<0`. So does one of a few cents.
 */
export function changeText(amount: Micros): string {
  if (amount < 0) return loss(amount);
  const { dollars } = wholeDollars(amount);
  if (dollars === 0) return amount === 0 ? '0' : GAIN;
  return narrow(dollars, '+') ?? GAIN;
}

const DEBT = '<0';
const GAIN = '>0';
const K = 1_000;
const M = 1_000_000;
const B = 1_000_000_000;

/** Up to three digit-widths: without a sign. */
function wide(dollars: number): string {
  if (dollars < K) return String(dollars);
  if (dollars < 10 * K) return `${digits(dollars, K)}.${digits(dollars, K / 10) % 10}k`;
  if (dollars < 100 * K) return `${digits(dollars, K)}k`;
  if (dollars < M) return `.${digits(dollars, M / 10)}M`;
  if (dollars < 100 * M) return `${digits(dollars, M)}M`;
  if (dollars < B) return `.${digits(dollars, B / 10)}B`;
  return `${digits(dollars, B)}B`;
}

/** A negative amount: rounded down, away from zero, so that a debt or a loss is never shown smaller than it is. */
function loss(amount: Micros): string {
  const { dollars } = wholeDollars(amount);
  if (dollars === 0) return DEBT;
  const roundedUp = Math.abs(amount) % DOLLAR === 0 ? dollars : dollars + 1;
  return narrow(roundedUp, '-') ?? DEBT;
}

/**
 * Two digit-widths: the sign needs the rest. `-12k` is wider than `0.0k`, so there is no text for a larger amount. Hundreds and
 * thousands are rounded down, which for a negative amount is away from zero.
 */
function narrow(dollars: number, sign: '+' | '-'): string | undefined {
  const whole = (unit: number) => digits(dollars, unit) + (sign === '-' && dollars % unit > 0 ? 1 : 0);
  if (dollars < 100) return `${sign}${dollars}`;
  if (whole(K / 10) < 10) return `${sign}.${whole(K / 10)}k`;
  return whole(K) < 10 ? `${sign}${whole(K)}k` : undefined;
}

/** The number of whole `units` in an amount. */
function digits(dollars: number, unit: number): number {
  return (dollars - (dollars % unit)) / unit;
}

/**
 * The text for a narrower badge, as in Firefox with a wide font: without the tenth, or only the sign. Never rounded up, and
 * never clipped by the browser into another plausible amount.
 * @param fits whether a text fits
 */
export function fitBadgeText(text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text;
  if (/^\d\.\dk$/.test(text)) return text.replace(/\.\d/, '');
  if (text.startsWith('-')) return DEBT;
  return text.startsWith('+') ? GAIN : text; // only the letter of "88M" is clipped
}
