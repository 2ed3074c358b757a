// What the holdings add up to, for the account's record.

import { midnightBefore, midnightDaysBefore } from '../calendar.ts';
import { pendingPayouts } from './event-group.ts';
import { eventTime } from './event-time.ts';
import type { Holdings } from './holdings.ts';
import { countAndSum, type HoldingsSummary } from './summary.ts';

/** The sums of readable holdings. @param times when they were requested and read; `at` is also the time of today and tomorrow */
export function summaryOf(
  holdings: Holdings,
  times: Pick<HoldingsSummary, 'at' | 'readAt' | 'pricesAt'>,
): HoldingsSummary {
  const { positions, orders, events } = holdings;
  const days = [0, -1].map((days) => midnightDaysBefore(days, times.at));
  const decided = positions
    .filter(({ payout }) => payout === null)
    .map((position) => eventTime(position, holdings))
    .filter((time) => time !== null);
  return {
    ...times,
    readable: true,
    pending: countAndSum(pendingPayouts(positions, events).map(({ amount }) => amount)),
    orders: countAndSum(orders.map(({ committed }) => committed)),
    settling: days.map((day) => ({
      day,
      count: decided.filter(({ at }) => midnightBefore(at) === day).length,
    })),
  };
}
