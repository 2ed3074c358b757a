// The change of the total today: sign, arrow and word, and colour in addition. It is a change, not a profit.

import { i18n } from '../../platform/i18n.ts';
import type { Change } from '../../portfolio/daily-change.ts';
import { useChange } from '../../ui/hooks/use-money.ts';
import { formatMoment } from '../../view/translate.ts';

export function TodayChange({ change, now }: { change: Change | null; now: number }) {
  const write = useChange();
  const way = !change || change.amount === 0 ? 'flat' : change.amount > 0 ? 'up' : 'down';
  return (
    <dl class={`today ${way}`}>
      <dt>{i18n.message('today')}</dt>
      <dd class="amount">
        {change ? (
          <>
            {way !== 'flat' && <span aria-hidden="true">{way === 'up' ? '▲' : '▼'}</span>}
            {way !== 'flat' && <span class="sr">{i18n.message(way)}</span>}
            <b>{write(change.amount)}</b>
          </>
        ) : (
          '—'
        )}
      </dd>
      <dd class="how">{change ? how(change, now) : i18n.message('todayUnknown')}</dd>
    </dl>
  );
}

function how({ since, net }: Change, now: number): string {
  return [
    since !== 'midnight' && i18n.message('todaySince', formatMoment(since, now, i18n.locale, 'short')),
    i18n.message(net ? 'todayNet' : 'todayGross'),
  ]
    .filter(Boolean)
    .join(', ');
}
