// Shares of an amount, in millionths.

import type { Micros } from './money.ts';
import { exact, type Quantity, quantitySchema } from './quantity.ts';

/** Millionths of an amount: 10 000 are 1 %. */
export type Share = Quantity<'share'>;

export const shareSchema = quantitySchema<Share>();

/** `amount` as a share of `from`, rounded down; null if `from` is not positive, or the share is too large to be exact. */
export function shareOf({ amount, from }: { amount: Micros; from: Micros }): Share | null {
  if (from <= 0) return null;
  const [product, divisor] = [BigInt(amount) * 1_000_000n, BigInt(from)];
  const quotient = product / divisor;
  return exact(Number(product < 0n && quotient * divisor !== product ? quotient - 1n : quotient)) ?? null;
}
