// The rows of the results table: one market each, within a period, filtered and sorted.

import type { Contracts } from '../domain/contracts.ts';
import { type Micros, ZERO } from '../domain/money.ts';
import type { Fill } from '../domain/pnl/fill.ts';
import {
  agreesWithBooks,
  type MarketNames,
  type MarketResult,
  netResultOf,
  partsWithin,
  resultOf,
} from '../domain/pnl/market-result.ts';
import { limitedSum } from '../domain/quantity.ts';

/** A market that was sold or settled within the period. Amounts in micro-dollars, counts in millionths. */
export interface ResultRow {
  accountId: string;
  ticker: string;
  event: string;
  /** Title and answer, or the ticker while the title is unknown. */
  name: string;
  side: Fill['side'];
  sold: Contracts;
  settled: Contracts;
  cost: Micros;
  proceeds: Micros;
  fees: Micros;
  result: Micros;
  /** When the last of it was sold or settled, unix milliseconds. */
  at: number;
  partial: boolean;
  /** The result of the whole market and that of Kalshi's books, micro-dollars, where they differ by more than a cent. */
  differs: { result: Micros; booked: Micros } | null;
}

/** The rows of a period. `from` and `to`: unix milliseconds */
export function resultRows(
  accountId: string,
  markets: readonly (MarketResult & { names: MarketNames | null })[],
  from: number,
  to = Number.POSITIVE_INFINITY,
): ResultRow[] {
  return markets.flatMap((market): ResultRow[] => {
    const part = partsWithin(market, from, to);
    if (!part) return [];
    const { ticker, side, partial, names } = market;
    const { at, sold, settled, cost, proceeds, fees } = part;
    const answer = (side === 'yes' ? names?.yes : names?.no) ?? '';
    const name = [names?.title || ticker, answer].filter(Boolean).join(' · ');
    const event = names?.event || ticker;
    return [
      {
        accountId,
        ticker,
        event,
        name,
        side,
        sold,
        settled,
        cost,
        proceeds,
        fees,
        result: resultOf(part),
        at,
        partial,
        differs: differenceOf(market),
      },
    ];
  });
}

function differenceOf(market: MarketResult): ResultRow['differs'] {
  const { booked } = market;
  return booked !== null && agreesWithBooks(market) === false
    ? { result: netResultOf(market), booked }
    : null;
}

/** The columns that the table can be sorted by. */
export const COLUMNS = ['name', 'at', 'cost', 'proceeds', 'fees', 'result'] as const;
export type Column = (typeof COLUMNS)[number];

export interface Sorting {
  column: Column;
  descending: boolean;
}

/** What the rows are filtered by: a text in name, ticker or event, and one event. */
export interface Filter {
  text: string;
  event: string | null;
}

/** The rows that the filter leaves, sorted. Rows that are equal stay in the order of their names. */
export function shownRows(
  rows: readonly ResultRow[],
  { text, event }: Filter,
  { column, descending }: Sorting,
  locale: string,
): ResultRow[] {
  const words = text.toLocaleLowerCase(locale).split(/\s+/).filter(Boolean);
  const collator = new Intl.Collator(locale, { numeric: true });
  const byName = (a: ResultRow, b: ResultRow) => collator.compare(a.name, b.name);
  const compare = column === 'name' ? byName : (a: ResultRow, b: ResultRow) => a[column] - b[column];
  const way = descending ? -1 : 1;
  return rows
    .filter((row) => event === null || row.event === event)
    .filter((row) => {
      if (words.length === 0) return true;
      const searched = `${row.name} ${row.ticker} ${row.event}`.toLocaleLowerCase(locale);
      return words.every((word) => searched.includes(word));
    })
    .sort((a, b) => way * compare(a, b) || byName(a, b));
}

/** The sum of the rows. */
export function sumOfRows(
  rows: readonly ResultRow[],
): Pick<ResultRow, 'cost' | 'proceeds' | 'fees' | 'result'> {
  const sum = { cost: ZERO, proceeds: ZERO, fees: ZERO, result: ZERO };
  for (const row of rows) {
    sum.cost = limitedSum(sum.cost, row.cost);
    sum.proceeds = limitedSum(sum.proceeds, row.proceeds);
    sum.fees = limitedSum(sum.fees, row.fees);
    sum.result = limitedSum(sum.result, row.result);
  }
  return sum;
}
