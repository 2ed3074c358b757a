// One poll without the background: the extension's own policy and a simulated exchange.

import {
  isPollAllowed,
  isStatusCheckAllowed,
  nextBackoff,
  type PollState,
  type PollTrigger,
} from '../../src/domain/polling/backoff.ts';
import type { Outcome } from '../../src/domain/polling/outcome.ts';

/** What is known about an account from one poll to the next. */
export interface Memory {
  pollState: PollState;
  outcome: Outcome | null;
}

/** What the exchange returns: for the balance, and for its status. */
export interface Exchange {
  balance: Outcome;
  status: Outcome | null;
}

/**
 * Polls once, if the policy allows it.
 * @param now unix milliseconds
 * @param random returns a number in [0, 1)
 * @returns what is known afterwards, and the number of requests; null if none was sent
 */
export function pollOnce(
  { pollState: before, outcome: known }: Memory,
  exchange: Exchange,
  periodMs: number,
  trigger: PollTrigger,
  now: number,
  random: () => number,
): { after: Memory & { outcome: Outcome }; requests: number } | null {
  if (!isPollAllowed(before, known, { periodMs, trigger, now })) return null;
  let pollState: PollState = { ...before, attemptedAt: now };
  let outcome = exchange.balance;
  let requests = 1;
  if (outcome.kind === 'exchange-error') {
    if (isStatusCheckAllowed(pollState, { trigger, now })) {
      requests++;
      pollState = { ...pollState, statusCheckedAt: now };
      outcome = exchange.status ?? outcome;
    } else if (known?.kind === 'maintenance') outcome = known;
  }
  const backoff = nextBackoff(pollState, outcome, 0, { periodMs, trigger, now, random: random() });
  return { after: { pollState: { ...pollState, ...backoff }, outcome }, requests };
}
