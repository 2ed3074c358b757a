// The chart of the total with its captions: the first and the last value, or the cash at the selected point.

import type { ComponentType } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import { rangesWithData } from '../../../domain/calendar.ts';
import { ZERO } from '../../../domain/money.ts';
import type { Range } from '../../../domain/ranges.ts';
import type { BalanceSeries } from '../../../view/balance-series.ts';
import type { Point } from '../../../view/chart-series.ts';
import { formatPointTime, formatTimeOrDate, isRecent } from '../../../view/texts/point-time.ts';
import { Chart, type Direction } from '../../shared/chart/Chart.tsx';
import { Plot } from '../../shared/chart/Plot.tsx';
import { RangeButtons } from '../../shared/chart/RangeButtons.tsx';
import { Hidden, useMoney } from '../../shared/hooks/use-money.ts';
import type { ValuesTable } from './ValuesTable.tsx';

interface Props {
  series: BalanceSeries;
  /** The oldest balance, unix milliseconds. */
  oldest: number;
  /** Unix milliseconds. */
  now: number;
  direction: Direction;
  /** What the change leaves out, or why there is none. */
  note: string;
  index: number | null;
  onIndex: (index: number | null) => void;
  range: Range;
  onRange: (range: Range) => void;
}

export function BalanceChart({ oldest, range, onRange, ...curve }: Props) {
  const ranges = rangesWithData(oldest, curve.now);
  return (
    <div class="curve">
      <Curve {...curve} />
      {ranges.length > 1 && (
        <RangeButtons name={i18n.message('chartRange')} ranges={ranges} chosen={range} onChoose={onRange} />
      )}
    </div>
  );
}

type CurveProps = Omit<Props, 'oldest' | 'range' | 'onRange'>;

function Curve({ series: { points, start, step }, now, note, ...chart }: CurveProps) {
  const hidden = useContext(Hidden);
  const money = useMoney();
  const Table = useValuesTable();
  const [first, last] = [points[Math.max(start, 0)], points.at(-1)];
  if (!first || !last || points.length < 2) {
    const time = last && formatTimeOrDate(last.at, now, i18n.locale);
    return <p class="new">{time ? i18n.message('chartNew', time) : i18n.message('chartEmpty')}</p>;
  }
  const caption = ({ at, total }: Point) =>
    i18n.message(
      isRecent(at, now) ? 'chartAt' : 'chartOn',
      money(total),
      formatTimeOrDate(at, now, i18n.locale),
    );
  const selected = points[chart.index ?? -1];
  const right = selected ? i18n.message('chartCash', money(selected.cash)) : note || caption(last);
  return (
    <>
      <p class="captions" aria-hidden="true">
        <span>{caption(first)}</span>
        <span key={right}>{right}</span>
      </p>
      {hidden ? (
        <div class="chart">
          <Plot points={flat(first, last)} start={0} index={null} onIndex={() => undefined} />
        </div>
      ) : (
        <Chart
          label={i18n.message('chartLabel')}
          points={points}
          start={start}
          selected={
            selected
              ? i18n.message(
                  'chartPoint',
                  formatPointTime(selected.at, now, step, i18n.locale),
                  money(selected.total),
                  money(selected.cash),
                )
              : ''
          }
          {...chart}
        >
          {Table && <Table points={points} />}
        </Chart>
      )}
    </>
  );
}

/** Drawn while amounts are hidden: the same for everybody, in the same place. */
function flat(...ends: Point[]): Point[] {
  return ends.map(({ at }) => ({ at, total: ZERO, cash: ZERO, gap: false }));
}

/** The code of the table is loaded after the first frame. */
function useValuesTable(): ComponentType<{ points: readonly Point[] }> | undefined {
  const [found, setFound] = useState<{ ValuesTable: typeof ValuesTable }>();
  useEffect(() => void import('./ValuesTable.tsx').then(setFound), []);
  return found?.ValuesTable;
}
