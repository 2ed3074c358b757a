// Fetching the equity of perpetual futures ("margin" in Kalshi's API).

import * as v from 'valibot';
import type { Micros } from '../domain/money.ts';
import { type RequestContext, signedGet } from './client.ts';
import { decodeBody } from './decode-body.ts';
import { PATHS } from './endpoints.ts';
import { dollars } from './schemas.ts';

/** https://docs.kalshi.com/api-reference/margin/get-margin-balance */
export const marginBalanceSchema = v.object({
  subaccount_balances: v.array(v.object({ subaccount: v.number(), account_equity: dollars })),
});

/**
 * `none`: the account has no perps · `unreadable`: this key may not read them · `failed`: no usable response; what was known
 * before stays.
 */
export type PerpsReply =
  | { kind: 'read'; equity: Micros }
  | { kind: 'none' }
  | { kind: 'unreadable' }
  | { kind: 'failed' };

/** Accounts without perps answer 403 with this text; recorded in the demo environment in June 2026. */
const NOT_ENABLED = /not enabled for margin/i;

/** Fetches the equity of the primary account, as the balance (subaccount 0). Throws only what signing throws. */
export async function fetchPerps(context: RequestContext): Promise<PerpsReply> {
  const reply = await signedGet(context, PATHS.marginBalance);
  if (reply.kind !== 'answer') return { kind: 'failed' };
  if (reply.status === 404) return { kind: 'none' };
  if (reply.status === 401 || reply.status === 403) {
    return { kind: NOT_ENABLED.test(reply.body) ? 'none' : 'unreadable' };
  }
  const equity = reply.status === 200 ? equityOf(reply.body) : undefined;
  return equity === undefined ? { kind: 'failed' } : { kind: 'read', equity };
}

function equityOf(body: string): Micros | undefined {
  const rows = decodeBody(body, marginBalanceSchema)?.subaccount_balances;
  return rows?.find(({ subaccount }) => subaccount === 0)?.account_equity;
}
