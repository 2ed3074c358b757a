// Positions: those that are held, settled ones, and archived ones. Settled ones are paged by whole events.
import type { EventPosition, GetPositionsResponse, MarketPosition } from 'kalshi-typescript';
import { groupBy } from '../group-by.ts';
import type { Ledger, LedgerMarket } from '../ledger.ts';
import { decimal, hundredths, iso } from './format.ts';
import { type ApiAnswer, afterOf, BAD_REQUEST, cursorAfter, limitOf, listAnswer, ok } from './paging.ts';

/** Settled positions of events whose last change is before `cutoff` (unix milliseconds) are archived. */
export function positionsAnswer(ledger: Ledger, query: URLSearchParams, cutoff: number): ApiAnswer {
  const status = query.get('settlement_status') ?? 'unsettled';
  if (!['unsettled', 'settled', 'all'].includes(status)) return BAD_REQUEST;
  if (status === 'unsettled') {
    const rows = openRows(ledger).filter((row) => fits(row, query));
    return listAnswer(rows, query, { list: 'positions unsettled', most: 1000 }, (page, cursor) =>
      bodyOf(ledger, page, cursor),
    );
  }
  const archived = archivedEvents(ledger, cutoff);
  const settled = settledRows(ledger).filter(({ event }) => !archived.has(event));
  const rows = status === 'all' ? [...openRows(ledger), ...settled] : settled;
  return byEvent(ledger, rows, query, `positions ${status}`);
}

export function historicalPositionsAnswer(ledger: Ledger, query: URLSearchParams, cutoff: number): ApiAnswer {
  const archived = archivedEvents(ledger, cutoff);
  const rows = settledRows(ledger).filter(({ event }) => archived.has(event));
  return byEvent(ledger, rows, query, 'historical/positions');
}

interface PositionRow {
  key: string;
  event: string;
  row: MarketPosition;
}

function openRows(ledger: Ledger): PositionRow[] {
  return [...ledger.markets.values()]
    .filter(({ bought, held }) => held !== 0n || bought.yes.count + bought.no.count > 0n)
    .map((market, index) => ({
      ...rowOf(ledger, market.ticker, market.event, market),
      key: String(999_999 - index), // in the order in which they were bought
    }));
}

function settledRows(ledger: Ledger): PositionRow[] {
  return ledger.settled.map(({ ticker, event }) => rowOf(ledger, ticker, event));
}

function rowOf(ledger: Ledger, ticker: string, event: string, market?: LedgerMarket): PositionRow {
  const { realized, fees, traded, changedAt } = ledger.booksOf(ticker);
  const row = {
    ticker,
    exchange_index: 0,
    position_fp: hundredths(market?.held ?? 0n),
    market_exposure_dollars: decimal(market?.cost ?? 0n),
    total_traded_dollars: decimal(traded),
    realized_pnl_dollars: decimal(realized),
    fees_paid_dollars: decimal(fees),
    last_updated_ts: iso(market?.changedAt ?? changedAt),
  };
  return { key: ticker, event, row };
}

/** The events of which everything is settled, and was before the cutoff. */
function archivedEvents(ledger: Ledger, cutoff: number): ReadonlySet<string> {
  const live = new Set([...ledger.markets.values()].map(({ event }) => event));
  for (const { event, at } of ledger.settled) if (at >= cutoff) live.add(event);
  return new Set(ledger.settled.map(({ event }) => event).filter((event) => !live.has(event)));
}

function fits({ row, event }: PositionRow, query: URLSearchParams): boolean {
  const filter = query.get('count_filter')?.split(',') ?? [];
  const kept =
    filter.length === 0 ||
    (filter.includes('position') && Number(row.position_fp) !== 0) ||
    (filter.includes('total_traded') && Number(row.total_traded_dollars) !== 0);
  return (
    kept &&
    (query.get('ticker') ?? row.ticker) === row.ticker &&
    (query.get('event_ticker') ?? event) === event
  );
}

/** Whole events, at least one a page, until the limit is reached. */
function byEvent(ledger: Ledger, all: PositionRow[], query: URLSearchParams, list: string): ApiAnswer {
  const limit = limitOf(query, 1000);
  const after = afterOf(query, list);
  if (limit === undefined || after === undefined) return BAD_REQUEST;
  const events = [
    ...groupBy(
      all.filter((row) => fits(row, query)),
      ({ event }) => event,
    ),
  ]
    .filter(([event]) => event > after)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const page: PositionRow[] = [];
  let taken = 0;
  for (const [, rows] of events) {
    if (page.length > 0 && page.length + rows.length > limit) break;
    page.push(...rows);
    taken++;
  }
  const last = events[taken - 1]?.[0];
  return ok(bodyOf(ledger, page, last && taken < events.length ? cursorAfter(list, last) : ''));
}

function bodyOf(ledger: Ledger, page: readonly PositionRow[], cursor: string): GetPositionsResponse {
  const events = groupBy(page, ({ event }) => event);
  return {
    cursor,
    market_positions: page.map(({ row }) => row),
    event_positions: [...events].map(([event, rows]) => eventRow(ledger, event, rows)),
  };
}

function eventRow(ledger: Ledger, event: string, rows: readonly PositionRow[]): EventPosition {
  const books = rows.map(({ row }) => ledger.booksOf(row.ticker));
  const sum = (field: 'realized' | 'fees' | 'traded') =>
    decimal(books.reduce((all, each) => all + each[field], 0n));
  return {
    event_ticker: event,
    total_cost_dollars: sum('traded'),
    total_cost_shares_fp: '0.00',
    event_exposure_dollars: decimal(ledger.exposureOf(event)),
    realized_pnl_dollars: sum('realized'),
    fees_paid_dollars: sum('fees'),
  };
}
