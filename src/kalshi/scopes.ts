// Reading a key's own scopes. The answer lists every key of the account; of the others nothing is kept.

import * as v from 'valibot';
import type { Environment } from '../portfolio/account.ts';
import type { Scopes } from '../portfolio/scopes.ts';
import { PATHS } from './paths.ts';
import type { Transport } from './request.ts';
import type { Signer } from './sign.ts';
import { signedGet } from './signed-get.ts';

/** https://docs.kalshi.com/api-reference/api-keys/get-api-keys */
const answerSchema = v.object({
  api_keys: v.array(v.object({ api_key_id: v.string(), scopes: v.optional(v.array(v.string())) })),
});

/**
 * Asks what a key may do.
 * Which scope the question itself takes is not documented: any answer but the list means that it is unknown, never
 * that the key is bad.
 * @param clockOffset the exchange's time less ours, milliseconds
 * @returns null if it is unknown
 */
export async function askScopes(
  transport: Transport,
  environment: Environment,
  signer: Signer,
  clockOffset: number,
): Promise<Scopes> {
  const reply = await signedGet(transport, environment, signer, PATHS.apiKeys, clockOffset);
  return reply.kind === 'answer' && reply.status === 200 ? scopesOf(signer.keyId, reply.body) : null;
}

function scopesOf(keyId: string, body: string): Scopes {
  try {
    const parsed = v.safeParse(answerSchema, JSON.parse(body));
    const keys = parsed.success ? parsed.output.api_keys : [];
    return keys.find(({ api_key_id }) => api_key_id === keyId)?.scopes ?? null;
  } catch {
    return null;
  }
}
