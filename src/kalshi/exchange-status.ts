// Fetching the exchange status: open, or down for maintenance. The request is unsigned.

import * as v from 'valibot';
import { DAY_MS } from '../domain/durations.ts';
import type { Failure } from '../domain/polling/outcome.ts';
import { get, type UnsignedContext } from './client.ts';
import { decodeBody } from './decode-body.ts';
import { PATHS } from './endpoints.ts';

/** https://docs.kalshi.com/api-reference/exchange/get-exchange-status */
export const statusSchema = v.object({
  exchange_active: v.boolean(),
  exchange_estimated_resume_time: v.optional(v.nullable(v.string())),
});

/** No maintenance lasts a week: a later time is ignored. */
const MAX_MAINTENANCE_MS = 7 * DAY_MS;

/**
 * Fetches whether the exchange is down for maintenance.
 * @returns that, with the expected end if there is one; `open` if it is not; undefined if the response is neither
 */
export async function fetchMaintenance(
  context: UnsignedContext,
): Promise<Extract<Failure, { kind: 'maintenance' }> | 'open' | undefined> {
  const reply = await get(context, PATHS.exchangeStatus, {});
  // 503 and 504 may carry the same JSON.
  const status = reply.kind === 'answer' ? decodeBody(reply.body, statusSchema) : undefined;
  if (!status) return undefined;
  if (status.exchange_active) return 'open';
  const now = context.transport.now();
  // biome-ignore lint/style/noRestrictedGlobals: parses a time, does not read the clock
  const until = Date.parse(status.exchange_estimated_resume_time ?? '');
  return { kind: 'maintenance', ...(until > now && until < now + MAX_MAINTENANCE_MS && { until }) };
}
