// Fetching the balance: sign, send, decode; once more with the exchange's time if our clock was refused.

import type { Figures } from '../domain/balance/snapshot.ts';
import { MINUTE_MS } from '../domain/durations.ts';
import type { Failure } from '../domain/polling/outcome.ts';
import { type RequestContext, signedGet } from './client.ts';
import { decodeBalance } from './decode-balance.ts';
import { PATHS } from './endpoints.ts';
import { failureOf, HALF_A_SECOND } from './errors.ts';

/** The figures, or the failure. */
export type BalanceReply = ({ ok: true; figures: Figures } | { ok: false; failure: Failure }) & {
  /** The exchange's time minus ours, milliseconds, to be assumed next time. */
  clockOffset: number;
  /** When it responded, unix milliseconds: by its own clock if the response has a date, otherwise by ours. */
  answeredAt: number;
};

/** A smaller correction makes no difference: the `Date` header has a resolution of one second. */
const NEGLIGIBLE_MS = 2_000;
/**
 * The exchange accepts a request only if our time is nearly right (±60 s was refused), so after a good response, a `Date`
 * that is further off is wrong itself.
 */
const PLAUSIBLE_MS = MINUTE_MS;
/** Up to this difference our own time is accepted (±10 s was observed to be, −30 s not). */
const ACCEPTED_MS = 8_000;

/**
 * Fetches the balance of one account. Never throws because of the network or the exchange.
 * @param context with the clock offset of the last reply; 0 at first
 * @throws only what signing throws, which is an error of the key
 */
export async function fetchBalance(context: RequestContext): Promise<BalanceReply> {
  const first = await attempt(context);
  if (first.ok || first.failure.kind !== 'clock-wrong' || first.failure.offsetMs === undefined) return first;
  const measured = first.failure.offsetMs;
  // The same time would be refused again.
  if (Math.abs(measured - context.clockOffset) < NEGLIGIBLE_MS) return first;
  return attempt({ ...context, clockOffset: Math.abs(measured) < NEGLIGIBLE_MS ? 0 : measured });
}

async function attempt(context: RequestContext): Promise<BalanceReply> {
  const { transport, clockOffset } = context;
  const reply = await signedGet(context, PATHS.balance);
  const now = transport.now();
  const date = reply.kind === 'answer' ? reply.date : undefined;
  const timing = { clockOffset, answeredAt: date ?? now + clockOffset };
  if (reply.kind !== 'answer' || reply.status !== 200) {
    return { ok: false, failure: failureOf(reply, now), ...timing };
  }
  const balance = decodeBalance(reply.body);
  if (typeof balance === 'string') {
    return { ok: false, failure: { kind: 'bad-reply', reason: balance, status: 200 }, ...timing };
  }
  const ours = now + clockOffset;
  const plausible = date !== undefined && Math.abs(date - ours) <= PLAUSIBLE_MS ? date : undefined;
  return {
    ok: true,
    figures: { ...balance, at: now },
    answeredAt: plausible ?? ours,
    clockOffset: remeasuredOffset(clockOffset, plausible, now),
  };
}

/** A correction is measured again with every good response, and dropped when our own time would be accepted. */
function remeasuredOffset(clockOffset: number, date: number | undefined, now: number): number {
  if (clockOffset === 0 || date === undefined) return clockOffset;
  const measured = date + HALF_A_SECOND - now;
  return Math.abs(measured) < ACCEPTED_MS ? 0 : measured;
}
