// Fetching when events begin.

import * as v from 'valibot';
import type { RequestContext } from '../client.ts';
import { eventPath, PATHS } from '../endpoints.ts';
import { time } from '../schemas.ts';
import { fetchPage } from './pagination.ts';

/** https://docs.kalshi.com/api-reference/milestone/get-milestones */
export const milestoneRowSchema = v.object({
  start_date: time,
  related_event_tickers: v.fallback(v.array(v.string()), []),
});

/** There is one request for each event, so few are sent at once; the others follow. */
const MAX_AT_ONCE = 5;

/**
 * Fetches the beginning of events, a few of them. Events of the same game have the same milestone.
 * @returns by event ticker: unix milliseconds, or `none` if the event has no milestone; those that are missing are left for
 * the next time
 */
export async function fetchMilestones(
  context: RequestContext,
  tickers: readonly string[],
): Promise<Map<string, number | 'none'>> {
  const starts = new Map<string, number | 'none'>();
  let requests = 0;
  for (const ticker of tickers.filter((each) => eventPath(each))) {
    if (starts.has(ticker)) continue;
    if (requests++ === MAX_AT_ONCE) break;
    const query = { related_event_ticker: ticker, limit: '10' };
    const page = await fetchPage(
      context,
      { path: PATHS.milestones, query },
      { milestones: milestoneRowSchema },
    );
    if (!page.ok) break; // the others would probably fail too
    const known = page.lists.milestones.rows.filter(({ start_date }) => start_date !== null);
    const [first] = known.toSorted((a, b) => Number(a.start_date) - Number(b.start_date));
    const start = first?.start_date ?? 'none';
    for (const event of [ticker, ...(first?.related_event_tickers ?? [])]) {
      if (tickers.includes(event)) starts.set(event, start);
    }
  }
  return starts;
}
