// What alerts are decided on.

import type { Position } from '../holdings/position.ts';
import type { Micros } from '../money.ts';
import type { Outcome } from '../polling/outcome.ts';
import type { Share } from '../share.ts';
import type { SummaryEvent } from './alert.ts';

/** What the rules look at. Missing parts are not known at this time: their rules decide nothing. */
export interface Observed {
  /** Unix milliseconds, the local midnight before, and minutes since midnight. */
  now: number;
  midnight: number;
  /** The outcome of a poll. */
  outcome?: Outcome;
  /** Of a good poll, micro-dollars. `change`: of today, if known; its share in millionths. */
  total?: Micros;
  cash?: Micros;
  change?: { amount: Micros; share: Share | null };
  /** The time of the last good balance. */
  lastGood?: number | null;
  /** Whether the key may do more than the user accepted, and when it expires. */
  wider?: boolean;
  expiresAt?: number | null;
  held?: readonly HeldMarket[];
  /** New fills and settlements since the last time. */
  trades?: readonly NewTrade[];
  /** What a summary contains, if one is due. */
  summary?: SummaryEvent;
}

/** A market that is held. Texts are from outside. The event of a combo is empty: it has no page. */
export type HeldMarket = Pick<Position, 'ticker' | 'event' | 'title' | 'answer' | 'side' | 'closesAt'> & {
  /** The prices of the side that is held, a day ago and now, micro-dollars; null if unknown. */
  from: Micros | null;
  to: Micros | null;
};

/** A fill, or a settlement with its payout. `id`: the same whenever it is observed again. */
export interface NewTrade {
  id: string;
  kind: 'fill' | 'payout';
  title: string;
  /** Micro-dollars. */
  amount: Micros;
  /** Whether an order of the same market still rests. */
  partly: boolean;
}
