// Whether a key that may not list its own scopes reads the balance only, as far as a refusal can show it.

import { type RequestContext, signedGet } from './client.ts';
import { PATHS } from './endpoints.ts';
import { failureOf } from './errors.ts';

/**
 * Whether Kalshi itself, with a 403 in its JSON, refuses a list to this key that the scope `read` opens. Any other response
 * shows nothing. It cannot show whether the key may write: that takes a request that changes something.
 * Throws only what signing throws.
 */
export async function isRefusedReadList(context: RequestContext): Promise<boolean> {
  const reply = await signedGet(context, PATHS.positions, { query: { limit: '1' } });
  if (reply.kind !== 'answer' || reply.status === 200) return false;
  return failureOf(reply, context.transport.now()).kind === 'scope-missing';
}
