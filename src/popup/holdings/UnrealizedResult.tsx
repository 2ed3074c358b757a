// An unrealized result: sign, arrow and word, with the percentage of the cost.

import { useContext } from 'preact/hooks';
import { i18n } from '../../platform/i18n.ts';
import { shareOf } from '../../portfolio/daily-change.ts';
import type { Unrealized } from '../../portfolio/holdings/position.ts';
import { Hidden, useChange } from '../../ui/hooks/use-money.ts';
import { formatShare, isFlat } from '../../view/format-money.ts';

export function UnrealizedResult({ result: { amount, cost } }: { result: Unrealized }) {
  const write = useChange();
  const hidden = useContext(Hidden);
  const share = shareOf({ amount, from: cost });
  if (isFlat(amount)) return <span>{write(amount)}</span>;
  const direction = amount > 0 ? 'up' : 'down';
  return (
    <span class={direction}>
      <span aria-hidden="true">{direction === 'up' ? '▲' : '▼'} </span>
      <span class="sr">{i18n.message(direction)} </span>
      {write(amount)}
      {share !== null && !hidden && ` ${formatShare(share, i18n.locale)}`}
    </span>
  );
}
