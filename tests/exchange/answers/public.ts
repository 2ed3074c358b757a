// The endpoints that need no signature, and what they answer.
import type { GetHistoricalCutoffResponse } from 'kalshi-typescript';
import type { Cutoffs } from '../cutoffs.ts';
import type { Ledger } from '../ledger.ts';
import { iso } from './format.ts';
import { eventAnswer, marketsAnswer, milestonesAnswer, seriesAnswer } from './markets.ts';
import { type ApiAnswer, ok } from './paging.ts';

/** Whether an endpoint needs no signature. `name`: the path without `/trade-api/v2/` */
export function isPublic(name: string): boolean {
  return (
    ['markets', 'milestones', 'historical/markets', 'historical/cutoff'].includes(name) ||
    /^(events|series)\/[^/]+$/.test(name)
  );
}

/** Undefined for an endpoint that needs a signature. @param ledgers where the markets are looked up */
export function publicAnswer(
  ledgers: readonly Ledger[],
  cutoffs: Cutoffs,
  name: string,
  query: URLSearchParams,
  now: number,
): ApiAnswer | undefined {
  if (!isPublic(name)) return undefined;
  const [list = '', ticker = ''] = name.split('/');
  if (list === 'events') return eventAnswer(ledgers, ticker);
  if (list === 'series') return seriesAnswer(ledgers, ticker);
  if (list === 'milestones') return milestonesAnswer(ledgers, query);
  if (ticker === 'cutoff') return ok(cutoffBody(cutoffs));
  return marketsAnswer(ledgers, query, { historical: list === 'historical', cutoff: cutoffs.markets, now });
}

function cutoffBody({ fills, markets, orders, positions }: Cutoffs): GetHistoricalCutoffResponse {
  return {
    market_settled_ts: iso(markets),
    trades_created_ts: iso(fills),
    orders_updated_ts: iso(orders),
    market_positions_last_updated_ts: iso(positions),
  };
}
