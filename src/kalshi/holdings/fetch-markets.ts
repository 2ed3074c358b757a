// Fetching markets: title, prices, closing time, payout.

import * as v from 'valibot';
import type { Market } from '../../portfolio/holdings/holdings.ts';
import { DOLLAR, type Micros } from '../../portfolio/money.ts';
import { PATHS } from '../endpoints.ts';
import { dollars, text, time } from '../schemas.ts';
import { fetchList, type RequestContext } from './pagination.ts';

/** https://docs.kalshi.com/api-reference/market/get-markets */
const marketSchema = v.object({
  ticker: v.string(),
  event_ticker: v.optional(text, ''),
  title: v.optional(text, ''),
  yes_sub_title: v.optional(text, ''),
  no_sub_title: v.optional(text, ''),
  status: v.optional(v.string(), ''),
  close_time: v.optional(time),
  last_price_dollars: v.optional(dollars),
  previous_price_dollars: v.optional(dollars),
  result: v.optional(v.string(), ''),
  settlement_value_dollars: v.optional(v.nullable(dollars)),
});
type Answer = v.InferOutput<typeof marketSchema>;

/** The longest query of a request. Characters. */
const MAX_QUERY = 3_500;

/** Fetches markets by ticker. Markets without a response are missing in the map. */
export async function fetchMarkets(
  context: RequestContext,
  tickers: readonly string[],
): Promise<Map<string, Market>> {
  const markets = new Map<string, Market>();
  for (const some of chunks([...new Set(tickers)])) {
    const query = { tickers: some.join(','), limit: '1000' };
    const list = await fetchList(context, PATHS.markets, query, 'markets', marketSchema);
    if (list.ok) for (const answer of list.rows) markets.set(answer.ticker, marketOf(answer));
  }
  return markets;
}

function* chunks(tickers: readonly string[]): Generator<string[]> {
  let chunk: string[] = [];
  let length = 0;
  for (const ticker of tickers) {
    if (length + ticker.length + 3 > MAX_QUERY) {
      yield chunk;
      [chunk, length] = [[], 0];
    }
    chunk.push(ticker);
    length += ticker.length + 3; // a comma is three characters in a URL
  }
  if (chunk.length > 0) yield chunk;
}

const NOTHING = 0 as Micros;

function marketOf(answer: Answer): Market {
  const { last_price_dollars: last, previous_price_dollars: previous } = answer;
  return {
    event: answer.event_ticker || answer.ticker,
    title: answer.title,
    yes: answer.yes_sub_title,
    no: answer.no_sub_title,
    last: last || null, // a market without a trade has 0
    previous: previous || null,
    closesAt: answer.close_time ?? null,
    settles: answer.status === 'determined' ? settles(answer) : null,
  };
}

/** The payout of a contract whose result is known (`determined`) and not paid yet. */
function settles({ result, settlement_value_dollars: value }: Answer): Micros | null {
  if (value !== undefined && value !== null) return value;
  if (result === 'yes') return DOLLAR;
  return result === 'no' ? NOTHING : null;
}
