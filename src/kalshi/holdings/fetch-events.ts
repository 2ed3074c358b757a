// Fetching events: their own title, and whether their markets exclude each other.

import * as v from 'valibot';
import { type RequestContext, signedGet } from '../client.ts';
import { decodeBody } from '../decode-body.ts';
import { eventPath } from '../endpoints.ts';
import { title } from '../schemas.ts';

/** https://docs.kalshi.com/api-reference/events/get-event */
export const eventRowSchema = v.object({
  title: v.optional(title, ''),
  mutually_exclusive: v.optional(v.boolean()),
  /** `DIRECNET`: nested thresholds (https://help.kalshi.com/en/articles/13823816). */
  collateral_return_type: v.optional(v.nullable(v.string())),
});
const responseSchema = v.object({ event: eventRowSchema });

/** What is constant about an event. */
export interface EventInfo {
  title: string;
  exclusive: boolean | null;
  isLadder: boolean;
}

/** There is one request for each event, so few are fetched at once; the others follow. */
export const MAX_EVENTS_AT_ONCE = 5;

/** Fetches events by ticker, a few of them. Those that are not in the result are left for the next time. */
export async function fetchEvents(
  context: RequestContext,
  tickers: readonly string[],
): Promise<Map<string, EventInfo>> {
  const events = new Map<string, EventInfo>();
  for (const ticker of tickers.slice(0, MAX_EVENTS_AT_ONCE)) {
    const path = eventPath(ticker);
    if (!path) continue;
    const reply = await signedGet(context, path, { language: context.language });
    if (reply.kind !== 'answer') break; // aborted, or no network: the others would fail too
    const event = reply.status === 200 ? decodeBody(reply.body, responseSchema)?.event : undefined;
    if (!event) continue;
    const { title, mutually_exclusive, collateral_return_type } = event;
    const isLadder = collateral_return_type === 'DIRECNET';
    events.set(ticker, { title, exclusive: mutually_exclusive ?? null, isLadder });
  }
  return events;
}
