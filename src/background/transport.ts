// The real world for `kalshi/`: the browser's fetch and clock.

import type { Transport } from '../kalshi/request.ts';

export const transport: Transport = {
  fetch: (url, init) => fetch(url, init),
  now: () => Date.now(),
  timeout: (ms) => AbortSignal.timeout(ms),
};

/** The same, with requests that also end when `end` says so. */
export function transportUntil(end: AbortSignal): Transport {
  return { ...transport, timeout: (ms) => AbortSignal.any([AbortSignal.timeout(ms), end]) };
}
