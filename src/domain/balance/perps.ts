// Perpetual futures ("margin" in Kalshi's API): their equity is not part of `portfolio_value`.

import * as v from 'valibot';
import { DAY_MS } from '../durations.ts';
import { type Micros, microsSchema } from '../money.ts';
import { exactTotal } from './snapshot.ts';

/** How often it is checked whether an account has perps, or a key may read them. Milliseconds. */
const CHECK_INTERVAL = DAY_MS;

/**
 * Why no equity is part of the total. `none`: the account has no perps · `unreadable`: this key may not read them ·
 * `elsewhere`: only other subaccounts have them · `unstated`: Kalshi reports no equity for members who clear for themselves
 */
const WITHOUT_EQUITY = ['none', 'unreadable', 'elsewhere', 'unstated'] as const;
export type WithoutEquity = (typeof WITHOUT_EQUITY)[number];

export const perpsSchema = v.variant('status', [
  /** Not requested yet. */
  v.object({ status: v.literal('unknown') }),
  /** `checkedAt`: when that was found out, unix milliseconds. */
  v.object({ status: v.picklist(WITHOUT_EQUITY), checkedAt: v.number() }),
  /** The equity as last read, micro-dollars, part of the total; and when it was read, unix milliseconds. */
  v.object({ status: v.literal('readable'), equity: microsSchema, equityAt: v.number() }),
]);
export type Perps = v.InferOutput<typeof perpsSchema>;

/** Of an account that was never polled. */
export const UNKNOWN_PERPS: Perps = { status: 'unknown' };

/** Whether the equity is to be requested with this poll: always if there is one, otherwise once a day. */
export function arePerpsDue(perps: Perps, now: number): boolean {
  return !('checkedAt' in perps) || Math.abs(now - perps.checkedAt) >= CHECK_INTERVAL;
}

/** Whether money that moves to or from perps leaves or enters the total, so that it counts as a transfer. */
export function doPerpsMoveTotal({ status }: Perps): boolean {
  return status !== 'readable' && status !== 'none';
}

/** What is known after a response; `failed` keeps what was known. @param now unix milliseconds */
export function perpsAfter(
  before: Perps,
  reply: { kind: 'read'; equity: Micros } | { kind: WithoutEquity | 'failed' },
  now: number,
): Perps {
  if (reply.kind === 'failed') return before;
  return reply.kind === 'read'
    ? { status: 'readable', equity: reply.equity, equityAt: now }
    : { status: reply.kind, checkedAt: now };
}

/** When the equity was read, unix milliseconds; null if it is not part of the total. */
export function equityReadAt(perps: Perps): number | null {
  return perps.status === 'readable' ? perps.equityAt : null;
}

/** Figures with the equity as part of the total, where it is known. */
export function withPerps<T extends { cash: Micros; positions: Micros }>(
  figures: T,
  perps: Perps,
): T & { perps?: Micros } {
  if (perps.status !== 'readable') return figures;
  const complete = { ...figures, perps: perps.equity };
  return exactTotal(complete) === undefined ? figures : complete;
}
