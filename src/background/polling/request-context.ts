// What the requests of one poll share: for which account they are, how they are sent, and when they end.

import { i18n } from '../../browser/i18n.ts';
import type { Account } from '../../domain/accounts/account.ts';
import type { PollTrigger } from '../../domain/polling/backoff.ts';
import type { HostName } from '../../domain/polling/host-choice.ts';
import type { RequestContext, Transport } from '../../kalshi/client.ts';
import { openAccountKey } from '../keys/open-key.ts';
import { getReadyState } from '../store.ts';
import type { WorkerMemory } from '../worker-memory.ts';

/** What `kalshi/` uses of the browser. */
export const transport: Transport = {
  fetch: (url, init) => fetch(url, init),
  now: () => Date.now(),
  timeout: (ms) => AbortSignal.timeout(ms),
};

/** For all requests of a poll together: below the 30 s after which a browser may end the background. */
const POLL_LIMIT_MS = 25_000;

/** One poll of one account: the first parameter of each of its steps. */
export interface PollContext {
  memory: WorkerMemory;
  /** As it was when the poll started. */
  account: Account;
  /** The host of the next request. */
  host: HostName;
  trigger: PollTrigger;
  /** When the poll started, milliseconds of `performance.now()`. */
  startedAt: number;
  /** Aborted when the account is locked or removed: from then on nothing is signed, sent or written. */
  aborted: AbortSignal;
  /** Sends nothing after `aborted`, nor after the time limit of the poll. */
  transport: Transport;
}

/** Starts the time limit of a poll. @returns the parts of its context that depend on it */
export function startPollClock(
  aborted: AbortSignal,
): Pick<PollContext, 'startedAt' | 'aborted' | 'transport'> {
  const ended = AbortSignal.any([aborted, AbortSignal.timeout(POLL_LIMIT_MS)]);
  const timeout = (ms: number) => AbortSignal.any([AbortSignal.timeout(ms), ended]);
  return { startedAt: performance.now(), aborted, transport: { ...transport, ended, timeout } };
}

/** The context of the signed requests of a poll. @param clockOffset the exchange's time minus ours, milliseconds */
export function requestContext(
  { account: { environment, keyId, isRestrictedToSubaccount = false }, host, transport }: PollContext,
  key: CryptoKey,
  clockOffset: number,
): RequestContext {
  const language = i18n.message('language');
  const signer = { keyId, key };
  return { transport, environment, host, signer, clockOffset, isRestrictedToSubaccount, language };
}

/**
 * Opens the key of the account for requests after the balance.
 * @returns undefined if the key cannot be opened, or the account was locked or removed meanwhile
 */
export async function openRequestContext(
  context: PollContext,
  clockOffset: number,
): Promise<RequestContext | undefined> {
  const key = await openAccountKey(context.account).catch(() => undefined);
  if (!key || context.aborted.aborted) return undefined;
  // What was found out about the key earlier in this poll applies.
  const { accounts } = await getReadyState(context.memory);
  const account = accounts.find(({ id }) => id === context.account.id) ?? context.account;
  return requestContext({ ...context, account }, key, clockOffset);
}
