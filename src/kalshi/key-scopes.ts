// Fetching a key's own scopes. The response lists every key of the member; of the others, nothing is kept but
// whether one is connected here too.

import * as v from 'valibot';
import { type RequestContext, signedGet } from './client.ts';
import { decodeBody } from './decode-body.ts';
import { PATHS } from './endpoints.ts';
import { isRestrictedToSubaccount, refusalOf } from './errors.ts';

/** https://docs.kalshi.com/api-reference/api-keys/get-api-keys */
export const apiKeyRowSchema = v.object({
  api_key_id: v.string(),
  scopes: v.optional(v.array(v.string())),
  subaccount: v.optional(v.nullable(v.number())),
});
const answerSchema = v.object({
  api_keys: v.array(apiKeyRowSchema),
  /** Unix seconds. */
  api_key_region_expiration_ts: v.optional(v.nullable(v.number())),
});

/**
 * `known`: the key is in the list · `refused`: this key may not read it · `failed`: no usable response; the
 * request is repeated.
 */
export type ScopesReply =
  | {
      kind: 'known';
      scopes: string[];
      /** Those of the given key IDs that belong to the same member and subaccount: to the same money. */
      sameMoney: string[];
      /** When keys of this region expire, unix milliseconds; undefined if the response does not say so. */
      expiresAt: number | undefined;
      /** Whether the key may read one subaccount only. */
      isRestrictedToSubaccount: boolean;
    }
  | { kind: 'refused'; isRestrictedToSubaccount: boolean }
  | { kind: 'failed' };

/**
 * Fetches what a key may do. Throws only what signing throws.
 * Which scope the request itself needs is not documented: a refusal means that the scopes are unknown, never that the key
 * is invalid.
 * @param others key IDs of this extension's other accounts
 */
export async function fetchKeyScopes(
  context: RequestContext,
  others: readonly string[],
): Promise<ScopesReply> {
  const reply = await signedGet(context, PATHS.apiKeys);
  if (reply.kind !== 'answer' || reply.status !== 200) {
    if (refusalOf(reply) !== 'denied') return { kind: 'failed' };
    return { kind: 'refused', isRestrictedToSubaccount: isRestrictedToSubaccount(reply) };
  }
  return decode(context.signer.keyId, others, reply.body) ?? { kind: 'failed' };
}

function decode(keyId: string, others: readonly string[], body: string): ScopesReply | undefined {
  const answer = decodeBody(body, answerSchema);
  const keys = answer?.api_keys ?? [];
  const own = keys.find(({ api_key_id }) => api_key_id === keyId);
  if (!own?.scopes) return undefined;
  const sameMoney = keys
    .filter(({ api_key_id, subaccount }) => {
      return others.includes(api_key_id) && (subaccount ?? 0) === (own.subaccount ?? 0);
    })
    .map(({ api_key_id }) => api_key_id);
  const expires = answer?.api_key_region_expiration_ts;
  return {
    kind: 'known',
    scopes: own.scopes,
    sameMoney,
    isRestrictedToSubaccount: typeof own.subaccount === 'number',
    expiresAt: typeof expires === 'number' && expires > 0 ? expires * 1000 : undefined,
  };
}
