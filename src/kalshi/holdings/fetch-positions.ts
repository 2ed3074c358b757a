// Fetching positions, and what each event holds after returned collateral.

import * as v from 'valibot';
import type { HeldContracts } from '../../domain/holdings/position.ts';
import type { Micros } from '../../domain/money.ts';
import type { RequestContext } from '../client.ts';
import { PATHS } from '../endpoints.ts';
import { contracts, dollars, time } from '../schemas.ts';
import { fetchLists, type ListFailure } from './pagination.ts';

/** https://docs.kalshi.com/api-reference/portfolio/get-positions */
export const positionRowSchema = v.object({
  ticker: v.string(),
  /** Contracts, negative for NO. */
  position_fp: contracts,
  market_exposure_dollars: dollars,
  last_updated_ts: v.optional(v.nullable(time)),
});

export const eventPositionRowSchema = v.object({
  event_ticker: v.string(),
  event_exposure_dollars: dollars,
});

export interface PositionsReply {
  ok: true;
  held: HeldContracts[];
  /** By event ticker: what is held in the event, micro-dollars. */
  exposures: Map<string, Micros>;
  unreadable: number;
}

/** Fetches them for the primary account, as the balance (subaccount 0). Throws only what signing throws. */
export async function fetchPositions(context: RequestContext): Promise<PositionsReply | ListFailure> {
  const reply = await fetchLists(
    context,
    { path: PATHS.positions, query: { count_filter: 'position', limit: '1000' } },
    { market_positions: positionRowSchema, event_positions: eventPositionRowSchema },
  );
  if (!reply.ok) return reply;
  const { market_positions: markets, event_positions: events } = reply.lists;
  return {
    ok: true,
    held: markets.rows.map((row) => ({
      ticker: row.ticker,
      held: row.position_fp,
      exposure: row.market_exposure_dollars,
      changedAt: row.last_updated_ts ?? null,
    })),
    exposures: new Map(events.rows.map((row) => [row.event_ticker, row.event_exposure_dollars])),
    unreadable: markets.unreadable,
  };
}
