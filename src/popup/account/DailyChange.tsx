// The change of the total today: sign, arrow and word, and colour in addition. It is a change, not a profit.

import { useContext } from 'preact/hooks';
import { i18n } from '../../platform/i18n.ts';
import type { DailyChange } from '../../portfolio/daily-change.ts';
import { Hidden, useChange } from '../../ui/hooks/use-money.ts';
import { changeQualifiers, changeShare } from '../../view/change-text.ts';
import { isFlat } from '../../view/format-money.ts';

export function TodayChange({ change, now }: { change: DailyChange; now: number }) {
  const write = useChange();
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
            <b>{write(known.amount)}</b>
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
