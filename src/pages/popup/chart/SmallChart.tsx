// The chart of the total. At first the last day as a path, computed when it was written. The interactive
// chart is loaded when the user focuses it or selects a range.

import type { ComponentType } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import type { Day } from '../../../domain/balance/daily-change.ts';
import { pathOf, pointsOfDays, RANGES, type Range } from '../../../view/chart-series.ts';
import type { MessageKey } from '../../../view/texts/translate.ts';
import { Hidden } from '../../shared/hooks/use-money.ts';
import type { ChartProps } from './Chart.tsx';

export const RANGE_NAMES: Record<Range, [short: MessageKey, long: MessageKey]> = {
  '1D': ['range1D', 'range1DLong'],
  '1W': ['range1W', 'range1WLong'],
  '1M': ['range1M', 'range1MLong'],
  '1Y': ['range1Y', 'range1YLong'],
  all: ['rangeAll', 'rangeAllLong'],
};
const [WIDTH, HEIGHT] = [328, 64];

interface Props {
  /** The last day of each account. */
  days: readonly (Day | null)[];
  accountIds: string[];
  /** The time of the latest balance, unix milliseconds. */
  latest: number;
  range: Range;
  onRange: (range: Range) => void;
}

export function SmallChart({ days, accountIds, latest, range, onRange }: Props) {
  const hidden = useContext(Hidden);
  const [Chart, setChart] = useState<ComponentType<ChartProps>>();
  const load = () => void import('./Chart.tsx').then(({ Chart }) => setChart(() => Chart));
  const path = pathOf(pointsOfDays(days), WIDTH, HEIGHT);

  if (hidden) return null; // its shape is the direction
  return (
    <div class="curve">
      <div class="picture" onPointerEnter={load}>
        {Chart ? (
          <Chart accountIds={accountIds} range={range} latest={latest} days={days} />
        ) : path ? (
          <svg viewBox={`-2 -2 ${WIDTH + 4} ${HEIGHT + 4}`} preserveAspectRatio="none" aria-hidden="true">
            <path d={path} />
          </svg>
        ) : (
          <p class="hint">{i18n.message('chartEmpty')}</p>
        )}
      </div>
      <fieldset class="ranges">
        <legend class="sr">{i18n.message('chartRange')}</legend>
        {RANGES.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === range}
            aria-label={`${i18n.message(RANGE_NAMES[each][0])}: ${i18n.message(RANGE_NAMES[each][1])}`}
            onClick={() => {
              onRange(each);
              load();
            }}
          >
            {i18n.message(RANGE_NAMES[each][0])}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
