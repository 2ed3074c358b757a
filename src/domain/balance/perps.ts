// Perpetual futures ("margin" in Kalshi's API): their equity is not part of `portfolio_value`.

import * as v from 'valibot';
import { DAY_MS } from '../durations.ts';
import type { Micros } from '../money.ts';
import { microsSchema } from '../money.ts';
import { exactTotal } from './snapshot.ts';

/** How often it is checked whether an account has perps, or a key may read them. Milliseconds. */
const CHECK_INTERVAL = DAY_MS;

export const perpsSchema = v.object({
  /**
   * `unknown`: not requested yet · `none`: the account has none · `unreadable`: this key may not read them · `readable`: the
   * equity is part of the total.
   */
  status: v.picklist(['unknown', 'none', 'unreadable', 'readable']),
  /** When that was found out, unix milliseconds. */
  checkedAt: v.number(),
  /** The equity as last read, micro-dollars; null before that. */
  equity: v.nullable(microsSchema),
  /** When the equity was read, unix milliseconds; null before that. */
  equityAt: v.nullable(v.number()),
});
export type Perps = v.InferOutput<typeof perpsSchema>;

/** Of an account that was never polled. */
export const UNKNOWN_PERPS: Perps = { status: 'unknown', checkedAt: 0, equity: null, equityAt: null };

/** Whether the equity is to be requested with this poll: always if there is one, otherwise once a day. */
export function arePerpsDue({ status, checkedAt }: Perps, now: number): boolean {
  if (status === 'readable' || status === 'unknown') return true;
  return Math.abs(now - checkedAt) >= CHECK_INTERVAL;
}

/** What is known after a response; `failed` keeps what was known. @param now unix milliseconds */
export function perpsAfter(
  before: Perps,
  reply: { kind: 'read'; equity: Micros } | { kind: 'none' | 'unreadable' | 'failed' },
  now: number,
): Perps {
  if (reply.kind === 'failed') return before;
  if (reply.kind === 'read') {
    return { status: 'readable', checkedAt: now, equity: reply.equity, equityAt: now };
  }
  return { status: reply.kind, checkedAt: now, equity: null, equityAt: null };
}

/** Figures with the equity as part of the total, where it is known. */
export function withPerps<T extends { cash: Micros; positions: Micros }>(
  figures: T,
  { status, equity }: Perps,
): T & { perps?: Micros } {
  const complete = equity === null ? undefined : { ...figures, perps: equity };
  return status === 'readable' && complete && exactTotal(complete) !== undefined ? complete : figures;
}
