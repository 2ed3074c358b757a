// The results as CSV: one file of markets, one of fills.

import { multiply } from '../../domain/contracts.ts';
import type { Fill } from '../../domain/pnl/fill.ts';
import type { ResultRow } from '../results-rows.ts';
import { csv, csvNumber, csvText, csvTime } from './csv.ts';

const MARKET_HEADER =
  'closed,market,event,title,side,sold contracts,settled contracts,cost,proceeds,fees,result,complete';
const FILL_HEADER = 'time,market,fill,bought side,contracts,price,amount,fee';

/** Spreadsheets read a file as UTF-8 if it starts with this mark, and titles contain letters outside ASCII. */
const BYTE_ORDER_MARK = '\uFEFF';

/** One line per market, in the order in which they are shown. */
export function marketsCsv(rows: readonly ResultRow[]): string {
  return csv(
    BYTE_ORDER_MARK + MARKET_HEADER,
    rows.map((row) => [
      csvTime(row.at),
      csvText(row.ticker),
      csvText(row.event),
      csvText(row.name),
      row.side,
      csvNumber(row.sold),
      csvNumber(row.settled),
      csvNumber(row.cost),
      csvNumber(row.proceeds),
      csvNumber(row.fees),
      csvNumber(row.result),
      row.partial ? 'no' : 'yes',
    ]),
  );
}

/** One line per fill. The amount is contracts times price: exact, because prices have at most four decimals. */
export function fillsCsv(fills: readonly Fill[]): string {
  return csv(
    BYTE_ORDER_MARK + FILL_HEADER,
    fills.map(({ id, ticker, side, count, price, fee, at }) => [
      csvTime(at),
      csvText(ticker),
      csvText(id),
      side,
      csvNumber(count),
      csvNumber(price),
      csvNumber(multiply(price, count)),
      csvNumber(fee),
    ]),
  );
}
