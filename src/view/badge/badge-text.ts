// An amount as text for the badge: three digit-widths, never clipped into another plausible amount.

import { DOLLAR, type Micros, wholeDollars } from '../../domain/money.ts';
import type { Share } from '../../domain/share.ts';

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
  if (negative) return debt(amount);
  return dollars === 0 ? (amount === 0 ? '0' : '<1') : inBand(dollars, 'down');
}

/**
 * A change without its sign, which the icon shows: `18`, `1.2k`, `<1`. A gain is rounded down and a loss up, so that
 * neither looks better than it is.
 */
export function changeText(amount: Micros): string {
  const { negative, dollars } = wholeDollars(amount);
  if (dollars === 0) return amount === 0 ? '0' : '<1';
  return negative ? inBand(dollarsRoundedUp(amount), 'up') : inBand(dollars, 'down');
}

/**
 * A share without its sign, in percent: `<.1`, `0.7`, `2.3`, `12`. There is no `%`: it is wider than two digits, and `2.3%`
 * loses its ends. Rounded like a change.
 */
export function shareText(share: Share): string {
  const up = share < 0;
  const magnitude = Math.abs(share);
  if (magnitude < TENTH_PERCENT) return magnitude === 0 ? '0' : '<.1';
  const tenths = quotient(magnitude, TENTH_PERCENT, up ? 'up' : 'down');
  if (tenths < 100) return `${quotient(tenths, 10, 'down')}.${tenths % 10}`;
  return inBand(quotient(magnitude, 10 * TENTH_PERCENT, up ? 'up' : 'down'), up ? 'up' : 'down');
}

const TENTH_PERCENT = 1_000; // millionths
const DEBT = '<0';
const K = 1_000;
const M = 1_000_000;
const B = 1_000_000_000;

type Rounding = 'up' | 'down';

/** Up to three digit-widths, of a number of at least one. The band is chosen after rounding. */
function inBand(dollars: number, rounding: Rounding): string {
  const count = (unit: number) => quotient(dollars, unit, rounding);
  const tenths = count(K / 10);
  if (dollars < K) return String(dollars);
  if (tenths < 100) return `${quotient(tenths, 10, 'down')}.${tenths % 10}k`;
  if (count(K) < 100) return `${count(K)}k`;
  if (count(M / 10) < 10) return `.${count(M / 10)}M`;
  if (count(M) < 100) return `${count(M)}M`;
  if (count(B / 10) < 10) return `.${count(B / 10)}B`;
  return `${count(B)}B`;
}

/**
 * A negative balance: rounded down, away from zero, so that a debt is never shown smaller than it is. The sign leaves two
 * digit-widths: `-12k` is wider than `0.0k`, so a larger debt is only `<0`.
 */
function debt(amount: Micros): string {
  if (wholeDollars(amount).dollars === 0) return DEBT;
  const dollars = dollarsRoundedUp(amount);
  const [hundreds, thousands] = [quotient(dollars, K / 10, 'up'), quotient(dollars, K, 'up')];
  if (dollars < 100) return `-${dollars}`;
  if (hundreds < 10) return `-.${hundreds}k`;
  return thousands < 10 ? `-${thousands}k` : DEBT;
}

/** The magnitude in whole dollars, away from zero. */
function dollarsRoundedUp(amount: Micros): number {
  return wholeDollars(amount).dollars + (amount % DOLLAR === 0 ? 0 : 1);
}

/** How many `units` a number contains. */
function quotient(value: number, unit: number, rounding: Rounding): number {
  const rest = value % unit;
  return (value - rest) / unit + (rounding === 'up' && rest > 0 ? 1 : 0);
}

/**
 * The text for a narrower badge, as in Firefox with a wide font: without the tenth, or only the sign. Rounded as the text
 * was, and never clipped by the browser into another plausible amount.
 * @param isLoss whether the text is the magnitude of a loss, which is rounded up
 * @param fits whether a text fits
 */
export function fitBadgeText(text: string, isLoss: boolean, fits: (text: string) => boolean): string {
  if (fits(text)) return text;
  const [, whole, tenth, unit = ''] = /^(\d)\.(\d)(k?)$/.exec(text) ?? [];
  if (whole) return `${Number(whole) + (isLoss && tenth !== '0' ? 1 : 0)}${unit}`;
  return text.startsWith('-') ? DEBT : text; // only the letter of "88M" is clipped
}
