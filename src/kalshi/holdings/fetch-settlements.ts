// Fetching the latest settlements.

import * as v from 'valibot';
import { multiply } from '../../domain/contracts.ts';
import { DAY_MS, MINUTE_MS } from '../../domain/durations.ts';
import type { SettledMarket } from '../../domain/holdings/settlement.ts';
import { CENT, DOLLAR, type Micros } from '../../domain/money.ts';
import { larger, smaller, subtract } from '../../domain/quantity.ts';
import type { RequestContext } from '../client.ts';
import { PATHS } from '../endpoints.ts';
import { cents, contracts, dollars, time } from '../schemas.ts';
import { fetchList, type ListFailure } from './pagination.ts';

/** https://docs.kalshi.com/api-reference/portfolio/get-settlements */
export const settlementRowSchema = v.object({
  ticker: v.string(),
  market_result: v.string(),
  yes_count_fp: contracts,
  yes_total_cost_dollars: dollars,
  no_count_fp: contracts,
  no_total_cost_dollars: dollars,
  /** What the contracts held to the end paid; without pairs that were netted before. */
  revenue: cents,
  /** Cents; what a YES contract was paid, or in some rows of NO positions what that was (`yesValueOf`). */
  value: v.optional(v.nullable(cents)),
  /** The fees of the fills; not an additional fee. */
  fee_cost: dollars,
  settled_time: v.pipe(
    time,
    v.check((at) => at !== null, 'not a time'),
  ),
});

/** How far back settlements are shown. */
const SHOWN_PERIOD_MS = 7 * DAY_MS;

export interface SettlementsReply {
  ok: true;
  settled: SettledMarket[];
  unreadable: number;
}

/**
 * Fetches the latest settlements, for the subaccount of the balance: a bot has thousands in a week. One page of a list with the
 * newest first; the order is undocumented, so all pages of the last days of another list.
 */
export async function fetchSettlements(context: RequestContext): Promise<SettlementsReply | ListFailure> {
  const now = context.transport.now() + context.clockOffset;
  const from = Math.floor((now - SHOWN_PERIOD_MS) / 1000);
  const query = { min_ts: String(from), limit: '1000' };
  const reply = await fetchList(
    context,
    { path: PATHS.settlements, query, namesSubaccount: true },
    'settlements',
    settlementRowSchema,
    { at: now + MINUTE_MS, timeOf: ({ settled_time }) => Number(settled_time) },
  );
  if (!reply.ok) return reply;
  return { ok: true, settled: reply.rows.map(settledMarketOf), unreadable: reply.unreadable };
}

type SettlementRow = v.InferOutput<typeof settlementRowSchema>;

/**
 * What a YES contract was paid. The documentation says that of `value`; a recorded row of a NO position has what NO was paid
 * (revenue 82 and value 82 for one contract). The revenue, in whole cents, decides.
 */
function yesValueOf({ value, revenue, yes_count_fp: yes, no_count_fp: no }: SettlementRow): Micros | null {
  if (value === undefined || value === null) return null;
  const complement = subtract(DOLLAR, value);
  const held = subtract(larger(yes, no), smaller(yes, no));
  if (complement === undefined || held === undefined) return null;
  const wouldPay = (each: Micros | undefined) => {
    const paid = each === undefined ? undefined : multiply(each, held);
    return paid !== undefined && paid - (paid % CENT) === revenue;
  };
  const [ofSide, ofOther] = yes >= no ? [value, complement] : [complement, value];
  return !wouldPay(ofSide) && wouldPay(ofOther) ? complement : value;
}

/** A row of the list. */
export function settledMarketOf(row: SettlementRow): SettledMarket {
  return {
    ticker: row.ticker,
    result: row.market_result,
    yesCount: row.yes_count_fp,
    yesCost: row.yes_total_cost_dollars,
    noCount: row.no_count_fp,
    noCost: row.no_total_cost_dollars,
    revenue: row.revenue,
    value: yesValueOf(row),
    fees: row.fee_cost,
    at: Number(row.settled_time),
  };
}
