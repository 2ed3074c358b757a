// A hook: the balance over a range. The last day is in the stored state, so that the first frame has it; longer ranges are read
// from the history.

import { useCallback, useMemo } from 'preact/hooks';
import { zoneOffset } from '../../../domain/calendar.ts';
import { MINUTE_MS } from '../../../domain/durations.ts';
import type { Range } from '../../../domain/ranges.ts';
import { type BalanceSeries, daySeries, rangeSeries } from '../../../view/balance-series.ts';
import { withLatest } from '../../../view/chart-series.ts';
import type { DisplayedAccount } from '../../../view/displayed-account.ts';
import { useUnlockedRecords } from '../../shared/hooks/use-unlocked-records.ts';
import { allTransfers } from './all-transfers.ts';

/** How often the history is read again while the page is open. What came since then is the latest balance. */
const READ_EVERY_MS = 5 * MINUTE_MS;

interface Found {
  /** Of the range chosen last, once it was read. */
  series: BalanceSeries;
  /** The time of the oldest balance, unix milliseconds; undefined while it is not known. */
  oldest: number | undefined;
}

/** @param midnight the local midnight before now, unix milliseconds */
export function useBalanceSeries(shown: DisplayedAccount, range: Range, midnight: number): Found {
  const ids = shown.members.map(({ id }) => id);
  const latest = shown.snapshot.figures?.at ?? 0;
  const version = [...shown.resultsAt, Math.floor(latest / READ_EVERY_MS)].join();
  const accountIds = ids.join();
  const read = useCallback(
    async (accountId: string) => {
      const { readRange } = await import('./read-range.ts');
      return readRange(accountId, accountIds.split(','), range, midnight);
    },
    [accountIds, range, midnight],
  );
  const records = useUnlockedRecords(ids, version, read);
  const known = records === 'unreadable' ? undefined : records;

  const day = useMemo(() => daySeries(shown.days, shown.recentTransfers, midnight), [shown, midnight]);
  const longer = useMemo(() => {
    const [first] = known ?? [];
    if (!known || !first || first.range === '1D') return undefined;
    const accounts = known.map(({ samples, progress }, index) => ({
      samples: withLatest(samples, shown.days[index]?.points.at(-1), first.step, zoneOffset),
      transfers: allTransfers(shown, index, progress, first.from),
    }));
    return rangeSeries(first.range, accounts, first.from, first.step, zoneOffset);
  }, [known, shown]);
  return { series: (range !== '1D' && longer) || day, oldest: known?.[0]?.oldest };
}
