// What is below the figures, in a file of its own: the first frame does not wait for its code.

import type { Range } from '../../view/chart-series.ts';
import type { DisplayedAccount } from '../../view/displayed-account.ts';
import { HoldingsSection } from '../holdings/Holdings.tsx';
import { ResultsSection } from '../results/Results.tsx';

export interface BelowFiguresProps {
  shown: DisplayedAccount;
  /** Unix milliseconds. */
  now: number;
  /** The range of the chart. */
  range: Range;
}

export function BelowFigures({ shown, now, range }: BelowFiguresProps) {
  return (
    <>
      <ResultsSection shown={shown} now={now} range={range} />
      <HoldingsSection shown={shown} now={now} />
    </>
  );
}
