// The total as the largest figure, and how it changed: sign, arrow and word, and colour in addition. It is a change, not a
// profit.

import { useContext } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import type { DailyChange } from '../../../domain/balance/daily-change.ts';
import type { Micros } from '../../../domain/money.ts';
import { changeShare } from '../../../view/texts/change-text.ts';
import { inParts, isFlat } from '../../../view/texts/format-money.ts';
import type { Direction } from '../../shared/chart/Chart.tsx';
import { Hidden, useChange, useMoney } from '../../shared/hooks/use-money.ts';

interface Props {
  /** The total, of now or of the selected point. */
  total: Micros;
  change: DailyChange;
  /** The range of the change, or the time of the selected point. */
  period: string;
}

/** Hidden with the amount. */
export function directionOf(change: DailyChange, hidden: boolean): Direction {
  if (!change || change === 'unconfirmed' || hidden || isFlat(change.amount)) return 'flat';
  return change.amount > 0 ? 'up' : 'down';
}

/** Before the first balance, a dash. */
export function Headline({ total, ...change }: Props | { total?: never }) {
  const money = useMoney();
  return (
    <>
      <dl class="hero">
        <dt class="sr">{i18n.message('total')}</dt>
        <dd>{total === undefined ? '—' : <Amount text={money(total)} />}</dd>
      </dl>
      {'change' in change && <TotalChange {...change} />}
    </>
  );
}

/** The cents in a smaller font, formatted as the language requires. */
function Amount({ text }: { text: string }) {
  const [dollars, cents] = inParts(text);
  return (
    <>
      {dollars}
      <span class="small">{cents}</span>
    </>
  );
}

function TotalChange({ change, period }: Omit<Props, 'total'>) {
  const formatChange = useChange();
  const hidden = useContext(Hidden);
  const known = change === 'unconfirmed' ? null : change;
  const direction = directionOf(change, hidden);
  const share = known && !hidden && direction !== 'flat' ? changeShare(known, i18n) : undefined;
  // Its words change places with each point: replaced, they do not count as moved.
  return (
    <dl class={`change ${direction}`} key={`${period} ${known?.amount}`}>
      <dt>{period}</dt>
      <dd>
        {direction !== 'flat' && (
          <>
            <span aria-hidden="true">{direction === 'up' ? '▲' : '▼'} </span>
            <span class="sr">{i18n.message(direction)} </span>
          </>
        )}
        {known ? formatChange(known.amount) : '—'}
        {share && ` ${share}`}
      </dd>
    </dl>
  );
}
