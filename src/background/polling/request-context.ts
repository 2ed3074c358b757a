// What the requests of one poll share: how they are sent, and when they end.

import type { PollTrigger } from '../../domain/polling/backoff.ts';
import type { Transport } from '../../kalshi/client.ts';

/** What `kalshi/` uses of the browser. */
export const transport: Transport = {
  fetch: (url, init) => fetch(url, init),
  now: () => Date.now(),
  timeout: (ms) => AbortSignal.timeout(ms),
};

/** For all requests of a poll together: below the 30 s after which a browser may end the background. Milliseconds. */
const POLL_LIMIT_MS = 25_000;

export interface PollContext {
  trigger: PollTrigger;
  /** When the poll started, milliseconds of `performance.now()`. */
  startedAt: number;
  /** Aborted when the account is locked or forgotten: from then on nothing is signed, sent or written. */
  aborted: AbortSignal;
  /** Sends nothing after `aborted`, nor after the time limit of the poll. */
  transport: Transport;
}

/** Begins a poll. */
export function createPollContext(aborted: AbortSignal, trigger: PollTrigger): PollContext {
  const ended = AbortSignal.any([aborted, AbortSignal.timeout(POLL_LIMIT_MS)]);
  const timeout = (ms: number) => AbortSignal.any([AbortSignal.timeout(ms), ended]);
  return { trigger, startedAt: performance.now(), aborted, transport: { ...transport, ended, timeout } };
}
