// Fetching the equity of perpetual futures ("margin" in Kalshi's API).

import * as v from 'valibot';
import type { WithoutEquity } from '../domain/balance/perps.ts';
import type { Micros } from '../domain/money.ts';
import { type RequestContext, signedGet } from './client.ts';
import { decodeBody } from './decode-body.ts';
import { PATHS } from './endpoints.ts';
import { refusalOf } from './errors.ts';
import { dollars } from './schemas.ts';

const amount = v.optional(dollars);

/** https://docs.kalshi.com/api-reference/margin/get-margin-balance */
export const marginBalanceSchema = v.object({
  subaccount_balances: v.array(
    v.object({
      subaccount: v.number(),
      account_equity: dollars,
      position_value: amount,
      maintenance_margin: amount,
    }),
  ),
  settled_funds: amount,
});

/** `failed`: no usable response; what was known before stays. */
export type PerpsReply = { kind: 'read'; equity: Micros } | { kind: WithoutEquity | 'failed' };

/** Accounts without perps answer 403 with this text; recorded in the demo environment in June 2026. */
const NOT_ENABLED = /not enabled for margin/i;

/** Fetches the equity of the primary account, as the balance (subaccount 0). Throws only what signing throws. */
export async function fetchPerps(context: RequestContext): Promise<PerpsReply> {
  const reply = await signedGet(context, PATHS.marginBalance);
  if (reply.kind === 'answer' && reply.status === 200) return equityOf(reply.body);
  const refusal = refusalOf(reply);
  if (refusal !== 'denied' && refusal !== 'not-found') return { kind: 'failed' };
  return { kind: reply.kind === 'answer' && NOT_ENABLED.test(reply.body) ? 'none' : 'unreadable' };
}

function equityOf(body: string): PerpsReply {
  const decoded = decodeBody(body, marginBalanceSchema);
  const rows = decoded?.subaccount_balances ?? [];
  const own = rows.find(({ subaccount }) => subaccount === 0);
  if (!own) return { kind: rows.some(({ account_equity }) => account_equity !== 0) ? 'elsewhere' : 'failed' };
  // Documented as 0 for members who clear for themselves; what they hold shows in the other fields.
  const hidden = own.position_value || own.maintenance_margin || decoded?.settled_funds;
  if (own.account_equity === 0 && hidden) return { kind: 'unstated' };
  return { kind: 'read', equity: own.account_equity };
}
