// Requests to Kalshi in an hour: counted, not measured, with the code that decides (portfolio/backoff.ts).

import { PERIODS } from '../../src/domain/accounts/settings.ts';
import {
  AWAY_PERIOD,
  INITIAL_BACKOFF,
  NO_ATTEMPT,
  type PollTrigger,
} from '../../src/domain/polling/backoff.ts';
import type { Outcome } from '../../src/domain/polling/outcome.ts';
import { type Exchange, type Memory, pollOnce } from '../fakes/poll-once.ts';
import { seeded } from '../fakes/random.ts';

const HOUR = 3_600_000;
const SECOND = 1_000;
const DAYS = 20;

/** Requests per hour, averaged over many hours, while every request has this outcome. */
function perHour(periodMs: number, ends: Outcome, why: PollTrigger = 'alarm', ringMs = periodMs): number {
  const random = seeded(1);
  const shut = ends.kind === 'maintenance';
  const exchange: Exchange = {
    balance: shut ? { kind: 'exchange-error', status: 503 } : ends,
    status: shut ? ends : null,
  };
  let memory: Memory = { pollState: { ...INITIAL_BACKOFF, ...NO_ATTEMPT }, outcome: null };
  let requests = 0;
  const end = DAYS * 24 * HOUR;
  for (let now = HOUR; now < HOUR + end; now += ringMs) {
    const polled = pollOnce(memory, exchange, periodMs, why, now, random);
    if (!polled) continue;
    memory = polled.after;
    requests += polled.requests;
  }
  return requests / (DAYS * 24);
}

/** Rows of the table: the situation, and the requests per hour. Lists come on top with a key that may read them: about twelve. */
export function requestsPerHour(): [who: string, requests: number][] {
  const ok: Outcome = { kind: 'ok' };
  const offline: Outcome = { kind: 'offline' };
  const minute = 60 * SECOND;
  return [
    ...PERIODS.map((seconds): [string, number] => [`every ${seconds} s`, perHour(seconds * SECOND, ok)]),
    ['popup open all the hour', perHour(minute, ok, 'popup', 5 * SECOND)],
    ['away, if chosen', perHour(AWAY_PERIOD, ok)],
    ['every 60 s, no network', perHour(minute, offline)],
    ['every 60 s, Kalshi answers 500', perHour(minute, { kind: 'exchange-error', status: 500 })],
    ['every 60 s, Kalshi in maintenance', perHour(minute, { kind: 'maintenance' })],
    ['every 60 s, "too many requests"', perHour(minute, { kind: 'rate-limited' })],
    ['key refused', perHour(minute, { kind: 'key-unknown' })],
  ];
}
