// The move of a price within a day. It is highlighted for a moment when the price changes.

import { useContext, useEffect, useRef } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import { CENT, type Micros } from '../../../domain/money.ts';
import { formatCents } from '../../../view/texts/format-money.ts';
import { Hidden } from '../../shared/hooks/use-money.ts';

/** Both in micro-dollars; null if unknown. */
export function PriceMove({ price, move }: { price: Micros | null; move: Micros | null }) {
  const hidden = useContext(Hidden);
  const before = useRef(price);
  const hasChanged = price !== before.current;
  useEffect(() => {
    before.current = price;
  }, [price]);
  // The direction is hidden with the amount.
  if (hidden || move === null || Math.abs(move) < CENT / 100) return null;
  const direction = move > 0 ? 'up' : 'down';
  const cents = formatCents(Math.abs(move) as Micros, i18n.locale);
  return (
    // The key restarts the animation when the price changes again.
    <span
      key={price}
      class={`${direction}${hasChanged ? ' changed' : ''}`}
      title={i18n.message('dayMoveLabel')}
    >
      <span aria-hidden="true">
        {direction === 'up' ? '▲' : '▼'}
        {cents.replace('¢', '')}
      </span>
      <span class="sr">
        {i18n.message(direction)} {cents}
      </span>
    </span>
  );
}
