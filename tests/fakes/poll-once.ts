// One poll as the background makes it, without the background: the extension's own pace, and an exchange made up.

import {
  isPollAllowed,
  nextBackoff,
  nextQuestion,
  type PollBackoff,
  type PollTrigger,
  type Said,
} from '../../src/portfolio/backoff.ts';
import type { Outcome } from '../../src/portfolio/outcome.ts';

/** What an account knows from one poll to the next. */
export interface Memory {
  pace: PollBackoff;
  outcome: Outcome | null;
}

/** What the exchange says: to the question for the balance, and to the one how it is. */
export interface Exchange {
  balance: Outcome;
  status: Outcome | null;
}

/**
 * Polls at a moment, if the pace allows it.
 * @param now unix milliseconds
 * @param random gives a number in [0, 1)
 * @returns what is known afterwards, and how many requests it took; null where nothing was asked
 */
export function pollOnce(
  { pace: before, outcome }: Memory,
  exchange: Exchange,
  periodMs: number,
  why: PollTrigger,
  now: number,
  random: () => number,
): { after: { pace: PollBackoff; outcome: Outcome }; requests: number } | null {
  if (!isPollAllowed(before, outcome, periodMs, why, now)) return null;
  let pace: PollBackoff = { ...before, attemptedAt: now };
  const said: Said = {};
  let requests = 0;
  const next = () => nextQuestion(outcome, said, pace, why, now);
  for (let question = next(); question; question = next()) {
    requests++;
    if (question === 'balance') said.balance = exchange.balance;
    else {
      pace = { ...pace, statusAskedAt: now };
      said.status = exchange.status;
    }
  }
  const heard = said.status ?? said.balance ?? { kind: 'offline' };
  return {
    after: { pace: nextBackoff(pace, heard, why, 0, periodMs, now, random()), outcome: heard },
    requests,
  };
}
