// Fetching how much cash other subaccounts hold.

import * as v from 'valibot';
import { type Micros, ZERO } from '../domain/money.ts';
import { limitedSum } from '../domain/quantity.ts';
import { type RequestContext, signedGet } from './client.ts';
import { decodeBody } from './decode-body.ts';
import { PATHS } from './endpoints.ts';
import { refusalOf } from './errors.ts';
import { dollars } from './schemas.ts';

/** One row for each subaccount and shard: https://docs.kalshi.com/api-reference/portfolio/get-subaccount-balances */
export const subaccountBalancesSchema = v.object({
  subaccount_balances: v.array(v.object({ subaccount_number: v.number(), balance: dollars })),
});

/** `denied`: the key may not read it · `failed`: no usable response. Cash in micro-dollars. */
export type OtherSubaccountsReply = { kind: 'read'; cash: Micros } | { kind: 'denied' | 'failed' };

/** Fetches the cash of all subaccounts but the primary one. Throws only what signing throws. */
export async function fetchOtherSubaccounts(context: RequestContext): Promise<OtherSubaccountsReply> {
  const reply = await signedGet(context, PATHS.subaccountBalances);
  if (reply.kind === 'answer' && reply.status === 200) {
    const rows = decodeBody(reply.body, subaccountBalancesSchema)?.subaccount_balances;
    if (!rows) return { kind: 'failed' };
    const others = rows.filter(({ subaccount_number }) => subaccount_number !== 0);
    return { kind: 'read', cash: limitedSum(ZERO, ...others.map(({ balance }) => balance)) };
  }
  // Exchanges without subaccounts were seen to answer 404: the account has none.
  const refusal = refusalOf(reply);
  if (refusal === 'not-found') return { kind: 'read', cash: ZERO };
  return { kind: refusal === 'denied' ? 'denied' : 'failed' };
}
