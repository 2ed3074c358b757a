// Fills, orders and settlements, live and archived.
import type {
  GetFillsResponse,
  GetOrdersResponse,
  GetSettlementsResponse,
  Order as OrderRow,
} from 'kalshi-typescript';
import { DOLLAR, type LedgerFill, type SettledRow, type Side, worth, yesValue } from '../ledger.ts';
import { centsOf, decimal, hundredths, iso } from './format.ts';
import { type ApiAnswer, isInPeriod, listAnswer, timeKey } from './paging.ts';

export interface Order {
  ticker: string;
  side: Side;
  contracts: number;
  /** In cents, of that side. */
  price: number;
}

/** Rows of one subaccount. */
export type Of<Row> = Row & { subaccount: number };
/** Which part of a list: what is older than the cutoff (unix milliseconds) is archived. */
export interface Part {
  historical: boolean;
  cutoff: number;
}

const wanted = (query: URLSearchParams, { ticker, at }: { ticker: string; at: number }) =>
  isInPeriod(query, at) && (query.get('ticker') ?? ticker) === ticker;

/** @param feesSince fills before this time (unix milliseconds) have no `fee_cost` */
export function fillsAnswer(
  fills: Of<LedgerFill>[],
  query: URLSearchParams,
  part: Part,
  feesSince: number,
): ApiAnswer {
  const rows = fills
    .filter((fill) => fill.at < part.cutoff === part.historical && wanted(query, fill))
    .map((fill) => ({ ...fill, key: timeKey(fill.at, `${fill.subaccount} ${fill.id}`) }));
  const list = part.historical ? 'historical/fills' : 'fills';
  return listAnswer(rows, query, { list, most: 1000 }, (page, cursor) => {
    const rows = page.map((fill) => {
      const { fee_cost, ...row } = fillRow(fill);
      return fill.at < feesSince ? row : { ...row, fee_cost };
    });
    return { fills: rows, cursor };
  });
}

function fillRow({ id, ticker, side, count, price, fee, at, subaccount }: Of<LedgerFill>) {
  const yes = side === 'yes' ? price : DOLLAR - price;
  return {
    fill_id: id,
    trade_id: id,
    order_id: `order-of-${id}`,
    exchange_index: 0,
    ticker,
    market_ticker: ticker,
    outcome_side: side,
    book_side: side === 'yes' ? 'bid' : 'ask',
    count_fp: hundredths(count),
    yes_price_dollars: decimal(yes),
    no_price_dollars: decimal(DOLLAR - yes),
    is_taker: true,
    fee_cost: decimal(fee),
    created_time: iso(at),
    subaccount_number: subaccount,
  } satisfies GetFillsResponse['fills'][number];
}

/** Settled markets; archived ones are in no list of this kind, so `part.historical` is false. */
export function settlementsAnswer(settled: Of<SettledRow>[], query: URLSearchParams, part: Part): ApiAnswer {
  const rows = settled
    .filter((row) => row.at >= part.cutoff && wanted(query, row))
    .map((row) => ({ ...row, key: timeKey(row.at, `${row.subaccount} ${row.ticker}`) }));
  return listAnswer(rows, query, { list: 'settlements', most: 1000 }, (page, cursor) => {
    return { settlements: page.map(settlementRow), cursor } satisfies GetSettlementsResponse;
  });
}

function settlementRow(row: SettledRow): GetSettlementsResponse['settlements'][number] {
  const { yes, no } = row.bought;
  return {
    ticker: row.ticker,
    exchange_index: 0,
    event_ticker: row.event,
    market_result: row.result,
    yes_count_fp: hundredths(yes.count),
    yes_total_cost_dollars: decimal(yes.cost),
    no_count_fp: hundredths(no.count),
    no_total_cost_dollars: decimal(no.cost),
    revenue: Number(row.revenue / 10_000n),
    fee_cost: decimal(row.fees),
    settled_time: iso(row.at),
    value: Number(yesValue(row.result, row.value) / 10_000n),
  };
}

/** Resting orders, and those that were executed: one for each fill. Resting ones are always live. */
export function ordersAnswer(
  orders: Of<Order>[],
  fills: Of<LedgerFill>[],
  query: URLSearchParams,
  part: Part,
): ApiAnswer {
  const resting = part.historical ? [] : orders.map(restingRow);
  const executed = fills.filter(({ at }) => at < part.cutoff === part.historical).map(executedRow);
  const status = query.get('status');
  const rows = [...resting, ...executed]
    .filter((row) => !status || row.status === status)
    .filter((row) => wanted(query, { ticker: row.ticker, at: Date.parse(row.created_time ?? '') }))
    .map((row) => ({ row, key: timeKey(Date.parse(row.created_time ?? ''), row.order_id) }));
  const list = part.historical ? 'historical/orders' : 'orders';
  return listAnswer(rows, query, { list, most: 1000 }, (page, cursor) => {
    return { orders: page.map(({ row }) => row), cursor } satisfies GetOrdersResponse;
  });
}

const ORDER = {
  user_id: 'member',
  type: 'limit',
  taker_fill_cost_dollars: '0.000000',
  maker_fill_cost_dollars: '0.000000',
  taker_fees_dollars: '0.000000',
  maker_fees_dollars: '0.000000',
} as const;

function restingRow({ ticker, side, contracts, price, subaccount }: Of<Order>, index: number): OrderRow {
  const yes = centsOf(side === 'yes' ? price : 100 - price);
  return {
    ...ORDER,
    order_id: `order-${index}`,
    client_order_id: `client-${index}`,
    ticker,
    outcome_side: side,
    book_side: side === 'yes' ? 'bid' : 'ask',
    status: 'resting',
    yes_price_dollars: decimal(yes),
    no_price_dollars: decimal(DOLLAR - yes),
    remaining_count_fp: contracts.toFixed(2),
    initial_count_fp: contracts.toFixed(2),
    fill_count_fp: '0.00',
    created_time: '2026-11-22T12:00:00Z',
    subaccount_number: subaccount,
  };
}

function executedRow(fill: Of<LedgerFill>): OrderRow {
  const { id, ticker, side, count, price, fee, at, subaccount } = fill;
  const yes = side === 'yes' ? price : DOLLAR - price;
  return {
    ...ORDER,
    order_id: `order-of-${id}`,
    client_order_id: `client-of-${id}`,
    ticker,
    outcome_side: side,
    book_side: side === 'yes' ? 'bid' : 'ask',
    status: 'executed',
    yes_price_dollars: decimal(yes),
    no_price_dollars: decimal(DOLLAR - yes),
    remaining_count_fp: '0.00',
    initial_count_fp: hundredths(count),
    fill_count_fp: hundredths(count),
    taker_fill_cost_dollars: decimal(worth(count, price)),
    taker_fees_dollars: decimal(fee),
    created_time: iso(at),
    subaccount_number: subaccount,
  };
}
