// Results as CSV: UTC times, exact decimals, and texts from outside that no spreadsheet reads as a formula.

import { decimal, type Micros } from '../../domain/money.ts';
import type { Fill } from '../../domain/pnl/fill.ts';
import type { ResultRow } from '../results-rows.ts';

const MARKET_HEADER =
  'closed,market,event,title,side,sold contracts,settled contracts,cost,proceeds,fees,result,complete';
const FILL_HEADER = 'time,market,fill,bought side,contracts,price,amount,fee';

/** One line per market, in the order in which they are shown. */
export function marketsCsv(rows: readonly ResultRow[]): string {
  return lines(
    MARKET_HEADER,
    rows.map((row) => [
      time(row.at),
      text(row.ticker),
      text(row.event),
      text(row.name),
      row.side,
      number(row.sold),
      number(row.settled),
      number(row.cost),
      number(row.proceeds),
      number(row.fees),
      number(row.result),
      row.partial ? 'no' : 'yes',
    ]),
  );
}

/** One line per fill. The amount is contracts times price: exact, because prices have at most four decimals. */
export function fillsCsv(fills: readonly Fill[]): string {
  return lines(
    FILL_HEADER,
    fills.map(({ id, ticker, side, count, price, fee, at }) => [
      time(at),
      text(ticker),
      text(id),
      side,
      number(count),
      number(price),
      number(Number((BigInt(count) * BigInt(price)) / 1_000_000n)),
      number(fee),
    ]),
  );
}

/** Spreadsheets read a file as UTF-8 if it begins with it, and titles have other letters than ASCII. */
const BYTE_ORDER_MARK = '\uFEFF';

function lines(header: string, rows: readonly (readonly string[])[]): string {
  return [BYTE_ORDER_MARK + header, ...rows.map((row) => row.join(',')), ''].join('\r\n');
}

function time(at: number): string {
  // biome-ignore lint/style/noRestrictedGlobals: formats a time, does not read the clock
  return new Date(at).toISOString();
}

/** Dollars, or contracts. */
function number(millionths: number): string {
  return decimal(millionths as Micros);
}

/**
 * A text from outside as one field. One that a spreadsheet would read as a formula gets an apostrophe
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
function text(value: string): string {
  const oneLine = value.replaceAll(/[\r\n\t]+/g, ' ');
  const harmless = /^[\s]*[=+\-@|]/.test(oneLine) ? `'${oneLine}` : oneLine;
  return `"${harmless.replaceAll('"', '""')}"`;
}
