// What a response other than the expected one means. Every observed shape is parsed, none is trusted.

import type { Failure } from '../domain/polling/outcome.ts';
import type { Reply } from './client.ts';

/** The `Date` header omits the fraction of the second; on average that is this much. Milliseconds. */
export const HALF_A_SECOND = 500;

/**
 * The failure for a response that is not a 200. Kalshi refuses with JSON; a 401 or 403 without it comes from the edge or a
 * firewall, and says nothing about the key.
 * The bodies are those recorded from Kalshi's demo environment in June 2026 and the documented ones
 * (https://docs.kalshi.com/getting_started/quick_start_authenticated_requests).
 * @param now unix milliseconds when the response arrived, to measure how far our clock is off
 */
export function failureOf(reply: Reply, now: number): Failure {
  if (reply.kind === 'unreachable') return { kind: 'offline' };
  if (reply.kind === 'timeout') return { kind: 'timeout' };
  if (reply.kind === 'too-large') return { kind: 'bad-reply', reason: 'too-large', status: reply.status };

  const { status } = reply;
  if (status === 401 || status === 403) {
    if (!jsonObject(reply.body)) return { kind: 'blocked' };
    return status === 401 ? unauthorised(reply, now) : { kind: 'scope-missing' };
  }
  if (status === 429) {
    return {
      kind: 'rate-limited',
      ...(reply.retryAfter !== undefined && { retryAfterMs: reply.retryAfter }),
    };
  }
  if (status >= 500) {
    const named = /maintenance/i.test(errorText(reply.body));
    return named ? { kind: 'maintenance' } : { kind: 'exchange-error', status };
  }
  return { kind: 'bad-reply', reason: 'status', status };
}

function unauthorised(reply: Extract<Reply, { kind: 'answer' }>, now: number): Failure {
  const text = errorText(reply.body);
  if (text.includes('header_timestamp_expired')) {
    return {
      kind: 'clock-wrong',
      ...(reply.date !== undefined && { offsetMs: reply.date + HALF_A_SECOND - now }),
    };
  }
  if (text.includes('INCORRECT_API_KEY_SIGNATURE')) return { kind: 'signature-refused', reason: 'mismatch' };
  if (text.includes('NOT_FOUND')) return { kind: 'key-unknown' };
  if (text.includes('missing_from_headers')) return { kind: 'signature-refused', reason: 'headers' };
  return { kind: 'signature-refused', reason: 'unrecognised' };
}

/**
 * What a response other than a 200 means for anything but the balance. Only Kalshi's own refusals, which are JSON, say
 * something; all others are `failed`: what was known stays, and is requested again.
 * `denied`: the key may not read it · `not-found` and `bad-request`, e.g. a cursor that is too old: as HTTP has them
 */
export type Refusal = 'denied' | 'not-found' | 'bad-request' | 'failed';

/** Classifies such a response. */
export function refusalOf(reply: Reply): Refusal {
  if (reply.kind !== 'answer' || !jsonObject(reply.body)) return 'failed';
  if (reply.status === 400) return 'bad-request';
  if (reply.status === 404) return 'not-found';
  if (reply.status === 403) return 'denied';
  return reply.status === 401 && unauthorised(reply, 0).kind !== 'clock-wrong' ? 'denied' : 'failed';
}

/** Whether a key of one subaccount was refused for that (https://docs.kalshi.com/getting_started/subaccounts). */
export function isRestrictedToSubaccount(reply: Reply): boolean {
  return refusalOf(reply) === 'denied' && reply.kind === 'answer' && RESTRICTED.test(errorText(reply.body));
}

const RESTRICTED = /restricted to a single sub-?account/i;

/** The error codes and messages, wherever in the body they are. */
function errorText(body: string): string {
  const outer = jsonObject(body);
  if (!outer) return body.slice(0, 1000);
  const inner = isObject(outer.error) ? outer.error : {};
  return [outer, inner]
    .flatMap((part) => [part.code, part.details, part.message, part.msg, part.error])
    .filter((part) => typeof part === 'string')
    .join(' ');
}

function jsonObject(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
