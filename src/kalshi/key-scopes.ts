// Fetching a key's own scopes. The response lists every key of the account; nothing of the others is kept.

import * as v from 'valibot';
import type { Environment } from '../portfolio/account.ts';
import { signedGet, type Transport } from './client.ts';
import { PATHS } from './endpoints.ts';
import type { Signer } from './sign.ts';

/** https://docs.kalshi.com/api-reference/api-keys/get-api-keys */
const answerSchema = v.object({
  api_keys: v.array(v.object({ api_key_id: v.string(), scopes: v.optional(v.array(v.string())) })),
});

/**
 * `known`: the key is in the list · `refused`: 401 or 403, this key may not read it · `failed`: no usable response; the
 * request is repeated.
 */
export type ScopesReply = { kind: 'known'; scopes: string[] } | { kind: 'refused' } | { kind: 'failed' };

/**
 * Fetches what a key may do. Throws only what signing throws.
 * Which scope the request itself needs is not documented: a refusal means that the scopes are unknown, never that the key
 * is invalid.
 * @param clockOffset the exchange's time minus ours, milliseconds
 */
export async function fetchKeyScopes(
  transport: Transport,
  environment: Environment,
  signer: Signer,
  clockOffset: number,
): Promise<ScopesReply> {
  const reply = await signedGet(transport, environment, signer, PATHS.apiKeys, clockOffset);
  if (reply.kind !== 'answer') return { kind: 'failed' };
  if (reply.status === 401 || reply.status === 403) return { kind: 'refused' };
  const scopes = reply.status === 200 ? scopesOf(signer.keyId, reply.body) : undefined;
  return scopes ? { kind: 'known', scopes } : { kind: 'failed' };
}

function scopesOf(keyId: string, body: string): string[] | undefined {
  try {
    const parsed = v.safeParse(answerSchema, JSON.parse(body));
    const keys = parsed.success ? parsed.output.api_keys : [];
    return keys.find(({ api_key_id }) => api_key_id === keyId)?.scopes;
  } catch {
    return undefined;
  }
}
