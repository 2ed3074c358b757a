// Reading again what a key may do, now and then: its owner can change that at Kalshi.

import { fetchKeyScopes } from '../../kalshi/key-scopes.ts';
import type { Account } from '../../portfolio/account.ts';
import { openAccountKey } from '../accounts/open-key.ts';
import type { PollContext } from './request-context.ts';
import { recordScopes } from './save-result.ts';

/** Once a day. Milliseconds. */
const EVERY = 24 * 3_600_000;

/**
 * Asks for an account's scopes if that was a day ago. What Kalshi refuses to say leaves what it said before; a question
 * without an answer is put again with the next good poll.
 */
export async function refreshScopes(
  asked: Account,
  clockOffset: number,
  { end, transport }: PollContext,
): Promise<void> {
  const now = Date.now();
  if (Math.abs(now - asked.scopesAt) < EVERY) return;
  const key = await openAccountKey(asked).catch(() => undefined);
  if (!key || end.aborted) return;
  const signer = { keyId: asked.keyId, key };
  const reply = await fetchKeyScopes(transport, asked.environment, signer, clockOffset);
  if (reply.kind === 'failed') return;
  await recordScopes(asked, end, {
    ...(reply.kind === 'known' && { scopes: reply.scopes }),
    scopesAt: now,
  }).catch(() => undefined); // not written, it is asked again
}
