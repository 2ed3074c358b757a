// A result: sign, arrow and word, and colour in addition, with the percentage of the cost.

import { useContext } from 'preact/hooks';
import { i18n } from '../../browser/i18n.ts';
import type { Micros } from '../../domain/money.ts';
import { formatShareOf, isFlat } from '../../view/texts/format-money.ts';
import { Hidden, useChange } from './hooks/use-money.ts';

interface Props {
  /** Micro-dollars; `cost` is what the percentage is of. */
  result: { amount: Micros; cost: Micros };
}

export function SignedResult({ result: { amount, cost } }: Props) {
  const formatChange = useChange();
  const hidden = useContext(Hidden);
  const share = formatShareOf({ amount, from: cost }, i18n.locale);
  // The direction is hidden with the amount.
  if (hidden || isFlat(amount)) return <span>{formatChange(amount)}</span>;
  const direction = amount > 0 ? 'up' : 'down';
  return (
    <span class={direction}>
      <span aria-hidden="true">{direction === 'up' ? '▲' : '▼'} </span>
      <span class="sr">{i18n.message(direction)} </span>
      {formatChange(amount)}
      {share && ` ${share}`}
    </span>
  );
}
