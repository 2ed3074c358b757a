// Assumptions about what is public: markets, combos, milestones, the archive's cutoffs.

import * as v from 'valibot';
import { parseContracts } from '../../src/domain/contracts.ts';
import { parseDollars } from '../../src/domain/money.ts';
import { PATHS, type Path } from '../../src/kalshi/endpoints.ts';
import { marketRowSchema } from '../../src/kalshi/holdings/fetch-markets.ts';
import { type Assumption, differs, expectThat, field, rowsOf, untestable } from './assumption.ts';
import type { Answer, Probe } from './probe.ts';

/** Requested here only: the extension does not read it. */
const MILESTONES = '/trade-api/v2/milestones' as Path;

/** A position with the prices of the side held, micro-dollars. */
interface HeldMarket {
  contracts: number;
  last: number;
  bid: number;
}

async function positionRows(probe: Probe) {
  const query = { count_filter: 'position', limit: '1000' };
  return rowsOf((await probe.request(PATHS.positions, { query })).json, 'market_positions');
}

/** The markets of some positions, in one request. */
async function marketsAnswer(probe: Probe, language = 'en'): Promise<Answer | undefined> {
  const tickers = (await positionRows(probe)).slice(0, 60).map(({ ticker }) => String(ticker));
  if (tickers.length === 0) return undefined;
  return probe.request(PATHS.markets, { query: { tickers: tickers.join(','), limit: '1000' }, language });
}

const price = (row: Record<string, unknown>, name: string) => parseDollars(String(row[name])) ?? 0;

/** The positions whose markets have prices; none if there are more positions than one request names. */
export async function heldMarkets(probe: Probe): Promise<HeldMarket[]> {
  const held = await positionRows(probe);
  const rows = rowsOf((await marketsAnswer(probe))?.json, 'markets');
  if (held.length > 60 || rows.length < held.length) return [];
  return held.flatMap((position) => {
    const market = rows.find(({ ticker }) => ticker === position.ticker);
    const millionths = parseContracts(String(position.position_fp));
    if (!market || millionths === undefined) return [];
    const isNo = millionths < 0;
    const last = price(market, 'last_price_dollars');
    return {
      contracts: Math.abs(Number(position.position_fp)),
      last: isNo ? 1_000_000 - last : last,
      bid: price(market, isNo ? 'no_bid_dollars' : 'yes_bid_dollars'),
    };
  });
}

const NO_POSITIONS = untestable('no positions');

export const MARKETS: Assumption[] = [
  {
    id: 'markets fields',
    text: 'Markets by ticker have every field that the extension needs.',
    check: async (probe) => {
      const answer = await marketsAnswer(probe);
      if (!answer) return NO_POSITIONS;
      const rows = rowsOf(answer.json, 'markets');
      if (answer.status !== 200 || rows.length === 0) return differs(`${answer.status}, ${rows.length} rows`);
      return expectThat(
        rows.every((row) => v.is(marketRowSchema, row)),
        'a row that does not decode',
      );
    },
  },
  {
    id: 'language',
    text: 'Accept-Language: es gives other titles than en.',
    check: async (probe) => {
      const titles = async (language: string) => {
        const answer = await marketsAnswer(probe, language);
        return answer && rowsOf(answer.json, 'markets').map(({ title }) => title);
      };
      const [english, spanish] = [await titles('en'), await titles('es')];
      if (!english || !spanish) return NO_POSITIONS;
      return expectThat(
        english.some((title, index) => title !== spanish[index]),
        'the same titles',
      );
    },
  },
  {
    id: 'combos',
    text: 'A combo has mve_selected_legs with event_ticker, market_ticker and side.',
    check: async (probe) => {
      const combos = rowsOf((await marketsAnswer(probe))?.json, 'markets').filter(
        (row) => row.mve_collection_ticker,
      );
      if (combos.length === 0) return untestable('no combo is held');
      const legs = combos.flatMap((row) => rowsOf(row, 'mve_selected_legs'));
      const names = ['event_ticker', 'market_ticker', 'side'];
      return expectThat(
        legs.length > 0 && legs.every((leg) => names.every((name) => typeof leg[name] === 'string')),
        'no legs, or legs with other fields',
      );
    },
  },
  {
    id: 'milestones',
    text: 'Milestones of an event have a start_date and the tickers of related events.',
    check: async (probe) => {
      const event = field(rowsOf((await marketsAnswer(probe))?.json, 'markets')[0], 'event_ticker');
      if (!event) return NO_POSITIONS;
      const query = { limit: '100', related_event_ticker: String(event) };
      const { status, json } = await probe.request(MILESTONES, { query });
      if (status !== 200) return differs(`status ${status}`);
      const rows = rowsOf(json, 'milestones');
      if (rows.length === 0) return untestable('this event has none');
      return expectThat(
        rows.every((row) => isTime(row.start_date) && Array.isArray(row.related_event_tickers)),
        'other fields',
      );
    },
  },
  {
    id: 'cutoffs',
    text: 'The archive has a cutoff of its own for trades, markets, orders and positions.',
    check: async (probe) => {
      const { json } = await probe.request(PATHS.historicalCutoff);
      const names = [
        'trades_created_ts',
        'market_settled_ts',
        'orders_updated_ts',
        'market_positions_last_updated_ts',
      ];
      const missing = names.filter((name) => !isTime(field(json, name)));
      return expectThat(missing.length === 0, `missing: ${missing.join(', ')}`);
    },
  },
];

function isTime(value: unknown): boolean {
  return typeof value === 'string' && Number.isFinite(Date.parse(value));
}
