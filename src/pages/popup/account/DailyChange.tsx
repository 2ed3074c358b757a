// The change of the total today: sign, arrow and word, and colour in addition. It is a change, not a profit.

import { useContext } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import type { DailyChange } from '../../../domain/balance/daily-change.ts';
import { changeQualifiers, changeShare } from '../../../view/texts/change-text.ts';
import { isFlat } from '../../../view/texts/format-money.ts';
import { Hidden, useChange } from '../../shared/hooks/use-money.ts';

export function TodayChange({ change, now }: { change: DailyChange; now: number }) {
  const formatChange = useChange();
  const hidden = useContext(Hidden);
  const known = change === 'unconfirmed' ? null : change;
  // The direction is hidden with the amount.
  const direction = !known || hidden || isFlat(known.amount) ? 'flat' : known.amount > 0 ? 'up' : 'down';
  const share = known && !hidden ? changeShare(known, i18n) : undefined;
  return (
    <dl class={`today ${direction}`}>
      <dt>{i18n.message('today')}</dt>
      <dd class="amount">
        {known ? (
          <>
            {direction !== 'flat' && <span aria-hidden="true">{direction === 'up' ? '▲' : '▼'}</span>}
            {direction !== 'flat' && <span class="sr">{i18n.message(direction)}</span>}
            <b>{formatChange(known.amount)}</b>
            {share && <span> {share}</span>}
          </>
        ) : (
          '—'
        )}
      </dd>
      <dd class="how">
        {known
          ? changeQualifiers(known, i18n, now)
          : i18n.message(change === 'unconfirmed' ? 'todayUnconfirmed' : 'todayUnknown')}
      </dd>
    </dl>
  );
}
