// The total with its change and its chart. While a point of the chart is selected, both figures are those of the point.

import { useContext, useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import type { DailyChange } from '../../../domain/balance/daily-change.ts';
import { midnightBefore, rangeStart } from '../../../domain/calendar.ts';
import { DAY_MS } from '../../../domain/durations.ts';
import type { Micros } from '../../../domain/money.ts';
import type { Range } from '../../../domain/ranges.ts';
import type { BalanceSeries } from '../../../view/balance-series.ts';
import type { DisplayedAccount } from '../../../view/displayed-account.ts';
import { transfersNote } from '../../../view/texts/change-text.ts';
import { formatPointTime, formatTimeOrDate } from '../../../view/texts/point-time.ts';
import { RANGE_NAMES } from '../../../view/texts/range-names.ts';
import { Hidden } from '../../shared/hooks/use-money.ts';
import { BalanceChart } from '../chart/BalanceChart.tsx';
import { useBalanceSeries } from '../chart/use-balance-series.ts';
import { directionOf, Headline } from './Headline.tsx';

interface Props {
  shown: DisplayedAccount;
  /** The total now. */
  total: Micros;
  /** Unix milliseconds. */
  now: number;
  range: Range;
  onRange: (range: Range) => void;
}

export function BalanceOverTime({ shown, total, now, range, onRange }: Props) {
  const hidden = useContext(Hidden);
  const [index, setIndex] = useState<number | null>(null);
  const midnight = midnightBefore(now);
  const { series, oldest } = useBalanceSeries(shown, range, midnight);
  const today = shown.changeSince(midnight);
  const change =
    series.range === '1D' || today === 'unconfirmed' ? today : series.changeTo(series.points.length - 1);
  const selected = index === null ? undefined : series.points[index];
  return (
    <>
      <Headline
        total={selected?.total ?? total}
        change={selected && index !== null ? series.changeTo(index) : change}
        period={
          selected
            ? formatPointTime(selected.at, now, series.step, i18n.locale)
            : nameOf(series, midnight, now)
        }
      />
      <BalanceChart
        series={series}
        oldest={oldest ?? Math.max(...shown.members.map(({ connectedAt }) => connectedAt))}
        now={now}
        direction={directionOf(change, hidden)}
        note={hidden ? '' : noteOf(change, series.range)}
        index={index}
        onIndex={setIndex}
        range={range}
        onRange={(chosen) => {
          setIndex(null);
          onRange(chosen);
        }}
      />
    </>
  );
}

/** The name of the range, or since when, if the history begins later. */
function nameOf({ range, points, start }: BalanceSeries, midnight: number, now: number): string {
  const at = points[start]?.at;
  if (range === '1D' || at === undefined || at - rangeStart(range, midnight) < DAY_MS) {
    return i18n.message(RANGE_NAMES[range].long);
  }
  return i18n.message('chartSince', formatTimeOrDate(at, now, i18n.locale));
}

function noteOf(change: DailyChange, range: Range): string {
  if (change === 'unconfirmed') return i18n.message('todayUnconfirmed');
  if (change) return transfersNote(change, i18n);
  return range === '1D' ? i18n.message('todayUnknown') : '';
}
