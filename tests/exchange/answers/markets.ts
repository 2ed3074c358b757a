// What everybody can read: markets, events, series, milestones.
import type { EventData, GetMarketsResponse, Market, Milestone, Series } from 'kalshi-typescript';
import { DOLLAR, type Ledger, type LedgerEvent, type Listing, yesValue } from '../ledger.ts';
import { decimal, iso } from './format.ts';
import { type ApiAnswer, listAnswer, NOT_FOUND, ok } from './paging.ts';

/** @param cutoff markets that settled before it are in the historical list alone */
export function marketsAnswer(
  ledgers: readonly Ledger[],
  query: URLSearchParams,
  { historical, cutoff, now }: { historical: boolean; cutoff: number; now: number },
): ApiAnswer {
  const tickers = query.get('tickers')?.split(',').filter(Boolean);
  const event = query.get('event_ticker');
  const all = tickers
    ? [...new Set(tickers)].flatMap((ticker) => listingOf(ledgers, ticker) ?? [])
    : ledgers.flatMap(({ listings }) => [...listings.values()]);
  const rows = all
    .filter((listing) => !event || listing.event === event)
    .filter(({ outcome }) => (outcome?.at ?? Number.POSITIVE_INFINITY) < cutoff === historical)
    .map((listing) => ({ key: listing.ticker, listing }));
  const list = historical ? 'historical/markets' : 'markets';
  return listAnswer(rows, query, { list, most: 1000 }, (page, cursor) => {
    const markets = page.map(({ listing }) => marketRow(listing, ledgers, now));
    return { markets, cursor } satisfies GetMarketsResponse;
  });
}

function listingOf(ledgers: readonly Ledger[], ticker: string): Listing | undefined {
  return ledgers.map(({ listings }) => listings.get(ticker)).find((each) => each !== undefined);
}

/** What is known of a market's result, paid or not. */
function outcomeOf(listing: Listing): Listing['outcome'] {
  if (listing.outcome) return listing.outcome;
  const { result, value, amended } = listing as Partial<{ result: 'yes'; value: bigint; amended: boolean }>;
  return result && { result, value: yesValue(result, value), amended: amended ?? false };
}

/** What of a market row is the same for all markets here. */
const CONSTANT = {
  market_type: 'binary',
  created_time: '2026-01-01T00:00:00Z',
  updated_time: '2026-01-01T00:00:00Z',
  open_time: '2026-01-01T00:00:00Z',
  latest_expiration_time: '2027-12-31T00:00:00Z',
  settlement_timer_seconds: 3600,
  yes_bid_size_fp: '100.00',
  yes_ask_size_fp: '100.00',
  volume_fp: '0.00',
  volume_24h_fp: '0.00',
  open_interest_fp: '0.00',
  notional_value_dollars: '1.0000',
  can_close_early: true,
  expiration_value: '',
  rules_primary: '',
  rules_secondary: '',
  price_level_structure: 'linear_cent',
} as const;

function marketRow(listing: Listing, ledgers: readonly Ledger[], now: number): Market {
  const { ticker, event, title, answer, closes, last, previous, yesBid, noBid } = listing;
  const outcome = outcomeOf(listing);
  return {
    ...CONSTANT,
    price_ranges: [],
    ticker,
    event_ticker: event,
    title,
    yes_sub_title: answer,
    no_sub_title: answer,
    status: statusOf(listing, outcome, now),
    close_time: iso(closes),
    yes_bid_dollars: decimal(yesBid),
    yes_ask_dollars: decimal(DOLLAR - noBid),
    no_bid_dollars: decimal(noBid),
    no_ask_dollars: decimal(DOLLAR - yesBid),
    last_price_dollars: decimal(last),
    previous_price_dollars: decimal(previous),
    previous_yes_bid_dollars: decimal(previous),
    previous_yes_ask_dollars: decimal(previous),
    result: outcome?.result ?? '',
    ...(outcome && { settlement_value_dollars: decimal(outcome.value) }),
    ...(outcome?.at !== undefined && { settlement_ts: iso(outcome.at) }),
    ...ladderFields(listing, eventOf(ledgers, event)),
    ...comboFields(listing, ledgers),
  };
}

function statusOf({ closes }: Listing, outcome: Listing['outcome'], now: number): Market['status'] {
  if (outcome?.at !== undefined) return 'finalized';
  if (outcome) return outcome.amended ? 'amended' : 'determined';
  return closes > 0 && closes <= now ? 'closed' : 'active';
}

function ladderFields({ strike }: Listing, event: LedgerEvent | undefined): Partial<Market> {
  if (strike === undefined || !event?.ladder) return {};
  return event.ladder === 'above'
    ? { strike_type: 'greater', floor_strike: strike }
    : { strike_type: 'less', cap_strike: strike };
}

/** Legs as recorded (December 2025); the value of each as soon as its market is settled. */
function comboFields({ legs, event }: Listing, ledgers: readonly Ledger[]): Partial<Market> {
  if (!legs) return {};
  return {
    strike_type: 'custom',
    mve_collection_ticker: `${event.replace(/-.*/, '')}-R`,
    mve_selected_legs: legs.map((leg) => {
      const listing = listingOf(ledgers, leg.ticker);
      const outcome = listing && outcomeOf(listing);
      return {
        event_ticker: leg.event,
        market_ticker: leg.ticker,
        side: leg.side,
        ...(outcome && { yes_settlement_value_dollars: decimal(outcome.value) }),
      };
    }),
  };
}

function eventOf(ledgers: readonly Ledger[], ticker: string): LedgerEvent | undefined {
  return ledgers.map(({ events }) => events.get(ticker)).find((each) => each !== undefined);
}

const seriesOf = (event: string) => event.replace(/-.*/, '');

export function eventAnswer(ledgers: readonly Ledger[], ticker: string): ApiAnswer {
  const event = eventOf(ledgers, ticker);
  if (!event) return NOT_FOUND;
  const row: EventData = {
    event_ticker: ticker,
    series_ticker: seriesOf(ticker),
    sub_title: '',
    title: event.title,
    collateral_return_type: event.exclusive ? 'MECNET' : event.ladder ? 'DIRECNET' : '',
    mutually_exclusive: event.exclusive,
    settlement_sources: [],
  };
  return ok({ event: row, markets: [] });
}

export function seriesAnswer(ledgers: readonly Ledger[], ticker: string): ApiAnswer {
  const event = ledgers.flatMap(({ events }) => [...events]).find(([name]) => seriesOf(name) === ticker)?.[1];
  if (!event) return NOT_FOUND;
  const series: Series = {
    ticker,
    frequency: 'custom',
    title: event.series?.title ?? event.title,
    category: event.series?.category ?? '',
    categories: event.series ? [event.series.category] : [],
    tags: null,
    settlement_sources: null,
    contract_url: '',
    contract_terms_url: '',
    fee_type: 'quadratic',
    fee_multiplier: 1,
    additional_prohibitions: null,
  };
  return ok({ series });
}

/** The game that an event is about, for events that have a beginning. */
export function milestonesAnswer(ledgers: readonly Ledger[], query: URLSearchParams): ApiAnswer {
  const related = query.get('related_event_ticker') ?? '';
  const event = eventOf(ledgers, related);
  const rows = event?.starts === undefined ? [] : [{ key: related, event }];
  return listAnswer(rows, query, { list: 'milestones', most: 500 }, (page, cursor) => ({
    milestones: page.map(({ key, event }) => milestoneRow(key, event)),
    cursor,
  }));
}

function milestoneRow(ticker: string, { title, starts = 0, milestone, series }: LedgerEvent): Milestone {
  return {
    id: `milestone-${ticker}`,
    category: series?.category ?? 'Sports',
    type: milestone ?? 'game',
    start_date: iso(starts),
    end_date: null,
    related_event_tickers: [ticker],
    primary_event_tickers: [ticker],
    title,
    notification_message: '',
    details: {},
    last_updated_ts: iso(starts),
  };
}
