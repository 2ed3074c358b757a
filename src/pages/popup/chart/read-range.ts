// Reading a range of the history of one account. Loaded on demand, with the code of the database.

import { midnightBefore, rangeStart } from '../../../domain/calendar.ts';
import { DAY_MS } from '../../../domain/durations.ts';
import type { Range } from '../../../domain/ranges.ts';
import { readOldestSample, readSamples } from '../../../storage/records/history.ts';
import { openRecordsOf } from '../../../storage/records/open-records.ts';
import { readResultsProgress } from '../../../storage/records/results.ts';
import { stepOf, tierFor } from '../../../view/balance-series.ts';

/** Samples are timed by the exchange's clock; a later one was recorded with a wrong clock. */
const MAX_CLOCK_DIFFERENCE_MS = DAY_MS;

/**
 * @param accountIds all that are combined: their samples have the same step
 * @param midnight the local midnight before now, unix milliseconds
 */
export async function readRange(
  accountId: string,
  accountIds: readonly string[],
  range: Range,
  midnight: number,
) {
  const records = await openRecordsOf(accountId);
  const [progress, ...times] = await Promise.all([
    readResultsProgress(records),
    ...accountIds.map((id) => openRecordsOf(id).then(readOldestSample)),
  ]);
  const known = times.filter((at) => at !== undefined);
  const oldest = known.length > 0 ? Math.max(...known) : undefined;
  const now = Date.now();
  // A sample of the daily tier is the last one of its day.
  const from = Math.max(rangeStart(range, midnight), midnightBefore(oldest ?? now));
  const tier = tierFor(from, now);
  const step = stepOf(tier);
  const samples =
    range === '1D' ? [] : await readSamples(records, tier, from - step, now + MAX_CLOCK_DIFFERENCE_MS);
  return { range, from, step, samples, progress, oldest };
}
