// What `kalshi/` uses of the browser: its fetch and its clock; and how long a poll may use them.

import type { Transport } from '../../kalshi/client.ts';

export const transport: Transport = {
  fetch: (url, init) => fetch(url, init),
  now: () => Date.now(),
  timeout: (ms) => AbortSignal.timeout(ms),
};

/** All requests of a poll together, the lists included: below the 30 s after which a browser may end the background. */
const POLL_LIMIT_MS = 25_000;

/** What the requests of one poll share. */
export interface PollContext {
  /** Aborted when the account is locked or forgotten: from then on nothing is signed, sent or written. */
  end: AbortSignal;
  /** Sends nothing after `end`, nor after the time limit of the poll. */
  transport: Transport;
}

/** Begins a poll. */
export function pollContext(end: AbortSignal): PollContext {
  const ended = AbortSignal.any([end, AbortSignal.timeout(POLL_LIMIT_MS)]);
  const timeout = (ms: number) => AbortSignal.any([AbortSignal.timeout(ms), ended]);
  return { end, transport: { ...transport, ended, timeout } };
}
