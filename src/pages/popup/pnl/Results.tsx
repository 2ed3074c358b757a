// The results in the popup: one line for the range of the chart; with a click, every range. Loaded after the first frame.

import { useContext } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import { closePopup } from '../../../browser/popup-view.ts';
import { openResultsPage } from '../../../browser/tabs.ts';
import { rangeStart } from '../../../domain/calendar.ts';
import { costWithFees, resultOf } from '../../../domain/pnl/market-result.ts';
import { addSums, type ResultSum, sumSince } from '../../../domain/pnl/result-periods.ts';
import { RANGES, type Range } from '../../../domain/ranges.ts';
import type { DisplayedAccount } from '../../../view/displayed-account.ts';
import { isPortfolioReadable } from '../../../view/portfolio-readable.ts';
import { HIDDEN } from '../../../view/texts/format-money.ts';
import { RANGE_NAMES } from '../../../view/texts/range-names.ts';
import { readingText, resultGaps } from '../../../view/texts/results-text.ts';
import { Button } from '../../shared/Button.tsx';
import { Hidden, useMoney } from '../../shared/hooks/use-money.ts';
import { useResultsProgress } from '../../shared/hooks/use-results-progress.ts';
import { SignedResult } from '../../shared/SignedResult.tsx';

interface Props {
  shown: DisplayedAccount;
  /** Unix milliseconds. */
  now: number;
  /** The range of the chart. */
  range: Range;
}

export function ResultsSection({ shown, now, range }: Props) {
  const progress = useResultsProgress(shown);
  // A key that may read neither: the holdings below say which scope it takes.
  if (!progress || !isPortfolioReadable(shown)) return null;
  const reading = shown.resultsReadable ? readingText(progress, i18n) : i18n.message('resultsDenied');
  if (reading) return <p class="notice">{reading}</p>;
  const sumOf = (each: Range) =>
    addSums(progress.map(({ periods }) => sumSince(periods, rangeStart(each, now))));
  const nameOf = (each: Range) => i18n.message(RANGE_NAMES[each].long);
  return (
    <div class="lists results">
      <details>
        <summary>
          <span>{i18n.message('resultsOf', nameOf(range))}</span>
          <Result sum={sumOf(range)} />
        </summary>
        <ul>
          {RANGES.map((each) => (
            <RangeResult key={each} name={nameOf(each)} sum={sumOf(each)} />
          ))}
        </ul>
        {resultGaps(progress, i18n).map((gap) => (
          <p key={gap} class="notice">
            {gap}
          </p>
        ))}
        <p class="rule">
          <Button onClick={() => void openResultsPage().then(closePopup)}>
            {i18n.message('allResults')}
          </Button>
        </p>
      </details>
    </div>
  );
}

function RangeResult({ name, sum }: { name: string; sum: ResultSum }) {
  const hidden = useContext(Hidden);
  const money = useMoney();
  const details = i18n.message('marketsFees', String(sum.markets), money(sum.fees));
  return (
    <li>
      <b>{name}</b>
      <span class="value">
        <Result sum={sum} />
      </span>
      <small>{hidden ? HIDDEN : details}</small>
    </li>
  );
}

function Result({ sum }: { sum: ResultSum }) {
  return <SignedResult result={{ amount: resultOf(sum), cost: costWithFees(sum) }} />;
}
