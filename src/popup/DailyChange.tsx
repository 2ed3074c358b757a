// How the total has moved today: by sign and shape and word first, by colour second. Called change, never profit.

import { words } from '../platform/i18n.ts';
import type { Change } from '../portfolio/daily-change.ts';
import { useChange } from '../ui/use-money.ts';
import { formatMoment } from '../view/translate.ts';

export function Today({ change, now }: { change: Change | null; now: number }) {
  const write = useChange();
  const way = !change || change.amount === 0 ? 'flat' : change.amount > 0 ? 'up' : 'down';
  return (
    <dl class={`today ${way}`}>
      <dt>{words.say('today')}</dt>
      <dd class="amount">
        {change ? (
          <>
            {way !== 'flat' && <span aria-hidden="true">{way === 'up' ? '▲' : '▼'}</span>}
            {way !== 'flat' && <span class="sr">{words.say(way)}</span>}
            <b>{write(change.amount)}</b>
          </>
        ) : (
          '—'
        )}
      </dd>
      <dd class="how">{change ? how(change, now) : words.say('todayUnknown')}</dd>
    </dl>
  );
}

function how({ since, net }: Change, now: number): string {
  return [
    since !== 'midnight' && words.say('todaySince', formatMoment(since, now, words.locale, 'short')),
    words.say(net ? 'todayNet' : 'todayGross'),
  ]
    .filter(Boolean)
    .join(', ');
}
