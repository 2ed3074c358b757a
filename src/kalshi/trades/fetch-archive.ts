// Fetching what says how settled markets ended once their settlements are archived: Kalshi's books, and the markets themselves.
//
// https://docs.kalshi.com/getting_started/historical_data

import * as v from 'valibot';
import { DOLLAR, type Micros, ZERO } from '../../domain/money.ts';
import type { Books, Ending } from '../../domain/pnl/market-facts.ts';
import type { RequestContext } from '../client.ts';
import { PATHS } from '../endpoints.ts';
import { fetchMarketRows } from '../holdings/fetch-markets.ts';
import { fetchPage, type ListFailure } from '../holdings/pagination.ts';
import { contracts, dollars, time } from '../schemas.ts';
import type { ResultsPage } from './fetch-fills.ts';

/** https://docs.kalshi.com/api-reference/portfolio/get-positions; `/historical/positions` answers the same. */
export const booksRowSchema = v.object({
  ticker: v.string(),
  position_fp: v.optional(contracts),
  realized_pnl_dollars: dollars,
  fees_paid_dollars: dollars,
  total_traded_dollars: v.optional(dollars, '0'),
  last_updated_ts: v.optional(v.nullable(time)),
});

/**
 * Fetches a page of the books of settled positions. Both lists are of the primary subaccount by default, and have no filter
 * for times: all pages are read.
 * @param list `live`: since the cutoff · `archived`: before it
 */
export async function fetchBooks(
  context: RequestContext,
  list: 'live' | 'archived',
  cursor: string,
): Promise<ResultsPage<Books> | ListFailure> {
  const path = list === 'live' ? PATHS.positions : PATHS.historicalPositions;
  const query = {
    limit: '1000',
    ...(list === 'live' && { settlement_status: 'settled' }),
    ...(cursor && { cursor }),
  };
  const read = await fetchPage(context, { path, query }, { market_positions: booksRowSchema });
  if (!read.ok) return read;
  const { rows, unreadable } = read.lists.market_positions;
  // Before October 2026 the live list had no such filter: what is held has no final books.
  const settled = rows.filter(({ position_fp }) => list === 'archived' || !position_fp);
  const books = settled.map((row) => ({
    ticker: row.ticker,
    realized: row.realized_pnl_dollars,
    fees: row.fees_paid_dollars,
    traded: row.total_traded_dollars,
    at: row.last_updated_ts ?? 0,
  }));
  return { ok: true, rows: books, unreadable, cursor: read.cursor };
}

/** https://docs.kalshi.com/api-reference/historical/get-historical-markets */
export const endingRowSchema = v.object({
  ticker: v.string(),
  status: v.optional(v.string(), ''),
  result: v.optional(v.string(), ''),
  settlement_value_dollars: v.optional(v.nullable(dollars)),
  settlement_ts: v.optional(v.nullable(time)),
  close_time: v.optional(time),
});

/**
 * How markets ended, by ticker; null for those that are not settled. Missing are those that no list has.
 * @returns undefined if a request failed
 */
export async function fetchEndings(
  context: RequestContext,
  tickers: readonly string[],
): Promise<Map<string, Ending | null> | undefined> {
  const endings = new Map<string, Ending | null>();
  for (const path of [PATHS.markets, PATHS.historicalMarkets]) {
    const missing = tickers.filter((ticker) => !endings.has(ticker));
    const { ok, rows } = await fetchMarketRows(context, missing, path, endingRowSchema);
    if (!ok) return undefined;
    for (const row of rows) endings.set(row.ticker, endingOf(row));
  }
  return endings;
}

function endingOf(row: v.InferOutput<typeof endingRowSchema>): Ending | null {
  const { ticker, status, result, settlement_value_dollars, settlement_ts, close_time } = row;
  const value = settlement_value_dollars ?? VALUES[result];
  const at = settlement_ts ?? close_time;
  const isPaid = typeof settlement_ts === 'number' || ['finalized', 'settled'].includes(status);
  return isPaid && value !== undefined && typeof at === 'number' ? { ticker, result, value, at } : null;
}

const VALUES: Record<string, Micros> = { yes: DOLLAR, no: ZERO };
