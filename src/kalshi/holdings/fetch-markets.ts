// Fetching markets: title, prices, closing time, payout.

import * as v from 'valibot';
import { type Market, SIDES, type Threshold } from '../../domain/holdings/market.ts';
import { DOLLAR, type Micros, ZERO } from '../../domain/money.ts';
import type { RequestContext } from '../client.ts';
import { PATHS } from '../endpoints.ts';
import { dollars, text, time, title } from '../schemas.ts';
import { fetchList } from './pagination.ts';

const legRowSchema = v.object({
  market_ticker: v.string(),
  event_ticker: v.optional(text, ''),
  side: v.pipe(v.string(), v.toLowerCase(), v.picklist(SIDES)),
  yes_settlement_value_dollars: v.optional(v.nullable(dollars)),
});

/** https://docs.kalshi.com/api-reference/market/get-markets */
export const marketRowSchema = v.object({
  ticker: v.string(),
  event_ticker: v.optional(text, ''),
  title: v.optional(title, ''),
  yes_sub_title: v.optional(title, ''),
  no_sub_title: v.optional(title, ''),
  status: v.optional(v.string(), ''),
  close_time: v.optional(time),
  expected_expiration_time: v.optional(v.nullable(time)),
  last_price_dollars: v.optional(dollars),
  previous_price_dollars: v.optional(dollars),
  yes_bid_dollars: v.optional(dollars),
  no_bid_dollars: v.optional(dollars),
  result: v.optional(v.string(), ''),
  settlement_value_dollars: v.optional(v.nullable(dollars)),
  strike_type: v.fallback(v.optional(v.nullable(v.string())), null),
  floor_strike: v.fallback(v.optional(v.nullable(v.number())), null),
  cap_strike: v.fallback(v.optional(v.nullable(v.number())), null),
  /** Of whom the value is, where the markets of an event are of several teams or persons. */
  custom_strike: v.fallback(v.optional(v.nullable(v.record(v.string(), v.unknown()))), null),
  /** Of combos. Legs that cannot be read are left out together: some of them would look like all. */
  mve_selected_legs: v.fallback(v.optional(v.nullable(v.array(legRowSchema))), null),
});
type MarketRow = v.InferOutput<typeof marketRowSchema>;

const MAX_QUERY_CHARS = 3_500;
/** Observed in other clients; whether more are read is not documented. */
const MAX_TICKERS = 100;

/** The markets, and whether all requests succeeded. A market that is not in a response is missing. */
export interface MarketsReply {
  ok: boolean;
  markets: Record<string, Market>;
}

/** Fetches markets by ticker. @param path those that settled before the cutoff are in a list of their own */
export async function fetchMarkets(
  context: RequestContext,
  tickers: readonly string[],
  path: (typeof PATHS)['markets' | 'historicalMarkets'] = PATHS.markets,
): Promise<MarketsReply> {
  const { ok, rows } = await fetchMarketRows(context, tickers, path, marketRowSchema);
  return { ok, markets: Object.fromEntries(rows.map((row) => [row.ticker, marketOf(row)])) };
}

/** The rows of markets, and whether all requests succeeded. @param row what is decoded of a row */
export async function fetchMarketRows<Row>(
  context: RequestContext,
  tickers: readonly string[],
  path: (typeof PATHS)['markets' | 'historicalMarkets'],
  row: v.GenericSchema<unknown, Row>,
): Promise<{ ok: boolean; rows: Row[] }> {
  const reply: { ok: boolean; rows: Row[] } = { ok: true, rows: [] };
  for (const some of chunks([...new Set(tickers)])) {
    const query = { tickers: some.join(','), limit: '1000' };
    const list = await fetchList(context, { path, query }, 'markets', row);
    if (list.ok) reply.rows.push(...list.rows);
    else reply.ok = false;
  }
  return reply;
}

function* chunks(tickers: readonly string[]): Generator<string[]> {
  let chunk: string[] = [];
  let length = 0;
  for (const ticker of tickers) {
    if (length + ticker.length + 3 > MAX_QUERY_CHARS || chunk.length === MAX_TICKERS) {
      yield chunk;
      [chunk, length] = [[], 0];
    }
    chunk.push(ticker);
    length += ticker.length + 3; // a comma is three characters in a URL
  }
  if (chunk.length > 0) yield chunk;
}

function marketOf(row: MarketRow): Market {
  // A market without a trade has the price 0, and an empty book the bid 0.
  const positive = (price: Micros | undefined) => price || null;
  const threshold = thresholdOf(row);
  const times = [row.close_time, row.expected_expiration_time].filter((at) => typeof at === 'number');
  return {
    event: row.event_ticker || row.ticker,
    title: row.title,
    yes: row.yes_sub_title,
    no: row.no_sub_title,
    last: positive(row.last_price_dollars),
    previous: positive(row.previous_price_dollars),
    yesBid: positive(row.yes_bid_dollars),
    noBid: positive(row.no_bid_dollars),
    closesAt: times.length > 0 ? Math.min(...times) : null,
    settles: PENDING.includes(row.status) ? payoutOf(row) : null,
    legs: (row.mve_selected_legs ?? []).map((leg) => ({
      ticker: leg.market_ticker,
      event: leg.event_ticker,
      side: leg.side,
      yesValue: leg.yes_settlement_value_dollars ?? null,
    })),
    ...(threshold && { threshold }),
  };
}

/** `strike_type`: `greater`, `less`, the same with `_or_equal`; others are no thresholds. */
function thresholdOf({
  strike_type,
  floor_strike,
  cap_strike,
  custom_strike,
}: MarketRow): Threshold | undefined {
  const [, word, orEqual] = /^(greater|less)(_or_equal)?$/.exec(strike_type ?? '') ?? [];
  const strike = word === 'greater' ? floor_strike : cap_strike;
  if (!word || typeof strike !== 'number' || Object.keys(custom_strike ?? {}).length > 0) return undefined;
  return { strike, way: word === 'greater' ? 'above' : 'below', orEqual: orEqual !== undefined };
}

/** The result is known, also after a correction, and not paid yet. */
const PENDING = ['determined', 'amended'];

/** The payout of a YES contract whose result is known. */
function payoutOf({ result, settlement_value_dollars: value }: MarketRow): Micros | null {
  if (value !== undefined && value !== null) return value;
  if (result === 'yes') return DOLLAR;
  return result === 'no' ? ZERO : null;
}
