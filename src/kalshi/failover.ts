// Fetching the balance from the first host that answers.

import type { HostName } from '../domain/polling/host-choice.ts';
import type { OutcomeKind } from '../domain/polling/outcome.ts';
import type { RequestContext } from './client.ts';
import { type BalanceReply, fetchBalance } from './fetch-balance.ts';

/** With these, the exchange itself has not answered; `blocked` is a 403 without JSON, from something on the way to it. */
const NOT_REACHED: readonly OutcomeKind[] = ['offline', 'timeout', 'blocked'];

/** A reply, and the host that it is from. */
export type HostReply = BalanceReply & { host: HostName };

/**
 * Fetches the balance from these hosts, one after the other, until one answers. If none does, the reply is that of the
 * first, or of one that blocks.
 * @param context its host is ignored
 * @param hosts one or more
 * @throws only what signing throws, which is an error of the key
 */
export async function fetchBalanceFrom(
  context: Omit<RequestContext, 'host'>,
  hosts: readonly HostName[],
): Promise<HostReply> {
  const failed: HostReply[] = [];
  for (const host of hosts) {
    const reply: HostReply = { ...(await fetchBalance({ ...context, host })), host };
    if (reply.ok || !NOT_REACHED.includes(reply.failure.kind)) return reply;
    failed.push(reply);
  }
  const reported = failed.find((reply) => !reply.ok && reply.failure.kind === 'blocked') ?? failed[0];
  if (!reported) throw new Error('no host');
  return reported;
}
