// Fetching fills and settlements one page at a time: there may be hundreds of thousands, so that a poll reads only some.

import * as v from 'valibot';
import type { SettledMarket } from '../../domain/holdings/settlement.ts';
import { ZERO } from '../../domain/money.ts';
import type { Fill } from '../../domain/pnl/fill.ts';
import { type RequestContext, signedGet } from '../client.ts';
import { decodeBody } from '../decode-body.ts';
import { PATHS } from '../endpoints.ts';
import { settledMarketOf, settlementRowSchema } from '../holdings/fetch-settlements.ts';
import { fetchPage, type ListFailure, type ListRequest } from '../holdings/pagination.ts';
import { contracts, dollars, time } from '../schemas.ts';

const side = v.picklist(['yes', 'no']);

/**
 * https://docs.kalshi.com/api-reference/portfolio/get-fills; `/historical/fills` answers the same. `side` and `action` are
 * what `outcome_side` replaced: buying YES and selling NO are both YES.
 */
export const fillRowSchema = v.pipe(
  v.object({
    fill_id: v.optional(v.string()),
    trade_id: v.optional(v.string()),
    ticker: v.string(),
    outcome_side: v.optional(side),
    side: v.optional(side),
    action: v.optional(v.picklist(['buy', 'sell'])),
    count_fp: contracts,
    yes_price_dollars: dollars,
    no_price_dollars: dollars,
    /** Not in all rows from before 28 January 2026; the settlement has it. */
    fee_cost: v.optional(v.nullable(dollars)),
    created_time: v.optional(time),
    /** Unix seconds. */
    ts: v.optional(v.number()),
    subaccount_number: v.optional(v.nullable(v.number())),
  }),
  v.transform((row) => ({ row, fill: fillOf(row) })),
  v.check(({ fill }) => fill !== undefined, 'no id, side or time'),
);

interface FillRow {
  fill_id?: string | undefined;
  trade_id?: string | undefined;
  ticker: string;
  outcome_side?: Fill['side'] | undefined;
  side?: Fill['side'] | undefined;
  action?: 'buy' | 'sell' | undefined;
  count_fp: Fill['count'];
  yes_price_dollars: Fill['price'];
  no_price_dollars: Fill['price'];
  fee_cost?: Fill['fee'] | null | undefined;
  created_time?: number | null | undefined;
  ts?: number | undefined;
}

function fillOf(row: FillRow): Fill | undefined {
  const id = row.fill_id ?? row.trade_id;
  const at = row.created_time ?? (row.ts === undefined ? undefined : row.ts * 1000);
  const bought = row.outcome_side ?? sideOf(row);
  if (id === undefined || at === undefined || bought === undefined) return undefined;
  const price = bought === 'yes' ? row.yes_price_dollars : row.no_price_dollars;
  return { id, ticker: row.ticker, side: bought, count: row.count_fp, price, fee: row.fee_cost ?? ZERO, at };
}

function sideOf({ side, action }: Pick<FillRow, 'side' | 'action'>): Fill['side'] | undefined {
  if (side === undefined || action === undefined) return undefined;
  return (side === 'yes') === (action === 'buy') ? 'yes' : 'no';
}

/** One page. `cursor`: of the next page; empty on the last one. */
export interface ResultsPage<Row> {
  ok: true;
  rows: Row[];
  unreadable: number;
  cursor: string;
}

/** Where a page begins, and how old its rows may be. */
export interface PageRequest {
  cursor: string;
  /** Unix milliseconds; 0 for all. */
  from: number;
}

function queryOf({ cursor, from }: PageRequest, limit: number): Record<string, string> {
  return {
    limit: String(limit),
    ...(from > 0 && { min_ts: String(Math.floor(from / 1000)) }),
    ...(cursor && { cursor }),
  };
}

/** Fetches a page of the fills since the cutoff. */
export async function fetchFills(
  context: RequestContext,
  page: PageRequest,
): Promise<ResultsPage<Fill> | ListFailure> {
  return fillsOf(context, { path: PATHS.fills, query: queryOf(page, 1000), namesSubaccount: true });
}

/** Fetches a page of the fills before the cutoff. An earlier version of the documentation allows 200 rows a page. */
export async function fetchHistoricalFills(
  context: RequestContext,
  page: PageRequest,
): Promise<ResultsPage<Fill> | ListFailure> {
  return fillsOf(context, { path: PATHS.historicalFills, query: queryOf(page, 200) });
}

async function fillsOf(
  context: RequestContext,
  request: ListRequest,
): Promise<ResultsPage<Fill> | ListFailure> {
  const read = await fetchPage(context, request, { fills: fillRowSchema });
  if (!read.ok) return read;
  const { rows, unreadable } = read.lists.fills;
  // The balance is that of the primary subaccount, so the fills of the others are left out.
  const own = read.isOfKeysSubaccount ? rows : rows.filter(({ row }) => !row.subaccount_number);
  return { ok: true, rows: own.flatMap(({ fill }) => fill ?? []), unreadable, cursor: read.cursor };
}

/** Fetches a page of the settlements. This list has no cutoff. */
export async function fetchSettlementsPage(
  context: RequestContext,
  page: PageRequest,
): Promise<ResultsPage<SettledMarket> | ListFailure> {
  const read = await fetchPage(
    context,
    { path: PATHS.settlements, query: queryOf(page, 1000), namesSubaccount: true },
    { settlements: settlementRowSchema },
  );
  if (!read.ok) return read;
  const { rows, unreadable } = read.lists.settlements;
  return { ok: true, rows: rows.map(settledMarketOf), unreadable, cursor: read.cursor };
}

export const cutoffSchema = v.object({ trades_created_ts: time });

/**
 * Since when fills are in the list that is not historical, unix milliseconds; null if that is unknown.
 * https://docs.kalshi.com/api-reference/historical/get-historical-cutoff-timestamps
 */
export async function fetchFillsCutoff(context: RequestContext): Promise<number | null> {
  const reply = await signedGet(context, PATHS.historicalCutoff);
  if (reply.kind !== 'answer' || reply.status !== 200) return null;
  return decodeBody(reply.body, cutoffSchema)?.trades_created_ts ?? null;
}
