// The legs of a combo: a bar of won, lost and open ones, and on opening it each of them.

import { useContext } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import type { LegState } from '../../../domain/holdings/leg.ts';
import type { LegRow } from '../../../view/position-rows.ts';
import { formatCents } from '../../../view/texts/format-money.ts';
import { formatWhen } from '../../../view/texts/format-when.ts';
import type { MessageKey } from '../../../view/texts/translate.ts';
import { Hidden } from '../../shared/hooks/use-money.ts';
import { PageLink } from './PageLink.tsx';

const STATES: Record<LegState, MessageKey> = {
  open: 'legOpen',
  won: 'legWon',
  lost: 'legLost',
  partial: 'legPartial',
};

/** One leg that lost decides the combo, so it is said first. While amounts are hidden, only how many legs there are. */
export function comboText(legs: readonly LegRow[], hidden: boolean): string {
  const count = (state: LegState) => String(legs.filter((leg) => leg.state === state).length);
  const all = String(legs.length);
  if (hidden) return i18n.message('comboLegs', all);
  if (count('lost') !== '0') return i18n.message('legsLost', count('lost'), all);
  return i18n.message('legsWon', count('won'), all);
}

export function ComboLegs({ legs, now }: { legs: readonly LegRow[]; now: number }) {
  const hidden = useContext(Hidden);
  return (
    <details class="legs">
      <summary>
        <span class="sr">{i18n.message('comboLegs', String(legs.length))}</span>
        <span class="bar" aria-hidden="true">
          {legs.map(({ ticker, state }, index) => (
            <i key={`${ticker} ${index}`} class={hidden ? 'open' : state} />
          ))}
        </span>
      </summary>
      <ul>
        {legs.map((leg, index) => (
          <li key={`${leg.ticker} ${index}`}>
            <span class={`mark ${hidden ? 'open' : leg.state}`} aria-hidden="true" />
            <span class="line">
              <span>
                <span class="side">{i18n.message(leg.side)}</span>{' '}
                <PageLink url={leg.url}>{leg.answer}</PageLink>
              </span>
              {!hidden && <span class="state">{stateText(leg)}</span>}
            </span>
            <small>
              {[leg.title, leg.state === 'open' && formatWhen(leg.when, leg.closesAt, now, i18n)]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The result of a leg, or its price. */
function stateText({ state, price }: LegRow): string {
  if (state !== 'open' || price === null) return i18n.message(STATES[state]);
  return formatCents(price, i18n.locale);
}
