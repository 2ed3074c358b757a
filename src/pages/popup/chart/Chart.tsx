// The chart of a range: the total, and cash below it. Mouse and arrow keys select a value; a table holds the values for
// screen readers. Loaded on demand.

import { useCallback, useMemo, useState } from 'preact/hooks';
import { DAY_MS } from '../../../domain/durations.ts';
import './chart.css';
import { i18n } from '../../../browser/i18n.ts';
import type { Day } from '../../../domain/balance/daily-change.ts';
import { zoneOffset } from '../../../domain/calendar.ts';
import type { Records } from '../../../storage/records/database.ts';
import { readSamples } from '../../../storage/records/history.ts';
import { type Point, pointsOf, type Range, SPANS, stepOf, withLatest } from '../../../view/chart-series.ts';
import { formatDollars } from '../../../view/texts/format-money.ts';
import { useUnlockedRecords } from '../../shared/hooks/use-unlocked-records.ts';
import { Plot } from './Plot.tsx';
import { ValuesTable } from './ValuesTable.tsx';

/** Samples are timed by the exchange's clock; a later one was recorded with a wrong clock. */
const MAX_CLOCK_DIFFERENCE_MS = DAY_MS;

export interface ChartProps {
  accountIds: string[];
  range: Range;
  /** The time of the latest balance, unix milliseconds: the chart follows while it is open. */
  latest: number;
  /** The last day of each account: its last point may not be in the history yet. */
  days: readonly (Day | null)[];
}

export function Chart({ accountIds, range, latest, days }: ChartProps) {
  const [index, setIndex] = useState<number | null>(null);
  const read = useCallback(
    async (records: Records) => {
      const { span, tier } = SPANS[range];
      const samples = await readSamples(records, tier, latest - span, latest + MAX_CLOCK_DIFFERENCE_MS);
      return { step: stepOf(range), samples };
    },
    [range, latest],
  );
  const records = useUnlockedRecords(accountIds, '', read);

  const points = useMemo(() => {
    if (!records) return undefined;
    const known = records === 'unreadable' ? [] : records;
    const step = known[0]?.step ?? 0;
    const all = known.map(({ samples }, account) =>
      withLatest(samples, days[account]?.points.at(-1), step, zoneOffset),
    );
    return pointsOf(all, step, zoneOffset);
  }, [records, days]);

  if (!points) return null;
  if (points.length < 2) return <p class="hint">{i18n.message('chartEmpty')}</p>;
  const step = (by: number) =>
    setIndex(Math.min(points.length - 1, Math.max(0, (index ?? points.length - 1) + by)));
  const at = index === null ? undefined : points[index];
  return (
    <figure
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys read out values
      tabIndex={0}
      aria-label={i18n.message('chartLabel')}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -1, ArrowRight: 1, Home: -points.length, End: points.length }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        step(by);
      }}
      onBlur={() => setIndex(null)}
    >
      <Plot points={points} index={index} onIndex={setIndex} />
      <p role="status">{at ? readOut(at, range) : ''}</p>
      <ValuesTable points={points} />
    </figure>
  );
}

/** As short as possible, so that it fits on one line: the time within a month, the date in longer ranges. */
function readOut({ at, total, cash }: Point, range: Range): string {
  const style: Intl.DateTimeFormatOptions =
    range === '1Y' || range === 'all'
      ? { dateStyle: 'medium' }
      : { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' };
  const when = new Intl.DateTimeFormat(i18n.locale, style).format(at);
  return i18n.message(
    'chartPoint',
    when,
    formatDollars(total, i18n.locale),
    formatDollars(cash, i18n.locale),
  );
}
