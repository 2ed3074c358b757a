// The results of one account, or of several together: the range, its sum, the days, why the total changed, the markets.

import { useMemo, useState } from 'preact/hooks';
import { i18n } from '../../browser/i18n.ts';
import type { Account } from '../../domain/accounts/account.ts';
import { midnightBefore, rangeStart } from '../../domain/calendar.ts';
import { MINUTE_MS } from '../../domain/durations.ts';
import { costWithFees } from '../../domain/pnl/market-result.ts';
import { addReconciliations, reconcilePeriod } from '../../domain/pnl/period-balance.ts';
import { resultPeriods } from '../../domain/pnl/result-periods.ts';
import type { ResultsProgress } from '../../domain/pnl/results-progress.ts';
import { RANGES, type Range } from '../../domain/ranges.ts';
import { accountName, type DisplayedAccount } from '../../view/displayed-account.ts';
import { csvName } from '../../view/export/csv.ts';
import { resultRows, sumOfRows } from '../../view/results-rows.ts';
import { readingText, resultGaps } from '../../view/texts/results-text.ts';
import { RangeButtons } from '../shared/chart/RangeButtons.tsx';
import { useMoney } from '../shared/hooks/use-money.ts';
import { useNow } from '../shared/hooks/use-now.ts';
import { useResultsProgress } from '../shared/hooks/use-results-progress.ts';
import { SignedResult } from '../shared/SignedResult.tsx';
import { DayBars } from './DayBars.tsx';
import { MarketTable } from './MarketTable.tsx';
import { type AccountRecords, useAccountResults } from './use-account-results.ts';
import { WhyItChanged } from './WhyItChanged.tsx';

interface Props {
  shown: DisplayedAccount;
  /** All accounts, for the names of files. */
  accounts: readonly Account[];
}

export function AccountResults({ shown, accounts }: Props) {
  const progress = useResultsProgress(shown);
  const records = useAccountResults(
    shown.members.map(({ id }) => id),
    shown.resultsAt.join(),
  );
  if (!progress || !records) return null;
  if (records === 'unreadable') return <p class="notice">{i18n.message('historyUnreadable')}</p>;
  const reading = readingText(progress, i18n);
  if (reading) {
    return (
      <p class="notice" role="status">
        {reading}
      </p>
    );
  }
  return <Ranges shown={shown} accounts={accounts} progress={progress} records={records} />;
}

/** A name for a file, different for accounts of the same name. */
function csvFileName({ id, name }: DisplayedAccount, accounts: readonly Account[], what: string): string {
  const index = accounts.findIndex((each) => each.id === id);
  const names = accounts.map((each) => accountName(each, accounts, i18n));
  const own = index < 0 ? csvName([name], 0) : csvName(names, index);
  return own.replace(/\.csv$/, `-${what}.csv`);
}

interface RangesProps extends Props {
  progress: ResultsProgress[];
  records: AccountRecords[];
}

function Ranges({ shown, accounts, progress, records }: RangesProps) {
  const [range, setRange] = useState<Range>('1M');
  const today = midnightBefore(useNow(MINUTE_MS));
  const from = rangeStart(range, today);
  const money = useMoney();

  const rows = useMemo(
    () => records.flatMap(({ accountId, markets }) => resultRows(accountId, markets, from)),
    [records, from],
  );
  const allDays = useMemo(
    () =>
      resultPeriods(
        records.flatMap(({ markets }) => markets),
        midnightBefore,
      ),
    [records],
  );
  const days = allDays.filter(({ start }) => start >= from);
  const sum = sumOfRows(rows);
  const explained = useMemo(
    () =>
      addReconciliations(
        records.map(({ markets, samples }, index) => {
          const latest = shown.days[index]?.points.at(-1);
          const transfers = progress[index]?.transfers ?? null;
          return latest && reconcilePeriod(samples, latest, from, markets, transfers);
        }),
      ),
    [records, progress, shown.days, from],
  );

  return (
    <>
      <RangeButtons name={i18n.message('period')} ranges={RANGES} chosen={range} onChoose={setRange} />
      <dl class="sums" aria-live="polite">
        <div class="hero">
          <dt>{i18n.message('result')}</dt>
          <dd>
            <SignedResult result={{ amount: sum.result, cost: costWithFees(sum) }} />
          </dd>
        </div>
        <div>
          <dt>{i18n.message('markets')}</dt>
          <dd>{rows.length.toLocaleString(i18n.locale)}</dd>
        </div>
        <div>
          <dt>{i18n.message('fees')}</dt>
          <dd>{money(sum.fees)}</dd>
        </div>
      </dl>
      <p class="hint">{i18n.message('meaningResults')}</p>
      {resultGaps(progress, i18n).map((gap) => (
        <p key={gap} class="notice">
          {gap}
        </p>
      ))}
      <DayBars days={days} />
      <WhyItChanged explained={explained} realized={sum.result} />
      <MarketTable rows={rows} fileName={(what) => csvFileName(shown, accounts, what)} />
    </>
  );
}
