// Cash and positions side by side, with a bar of their proportions.

import { useContext } from 'preact/hooks';
import { i18n } from '../platform/i18n.ts';
import type { Figures } from '../portfolio/snapshot.ts';
import { Hidden, useMoney } from './hooks/use-money.ts';

export function CashPositions({ figures }: { figures: Pick<Figures, 'cash' | 'positions'> }) {
  const { cash, positions } = figures;
  const hidden = useContext(Hidden);
  const money = useMoney();
  return (
    <dl class="split">
      {!hidden && <Bar cash={cash} positions={positions} />}
      <div class="cash">
        <dt>{i18n.message('cash')}</dt>
        <dd>{money(cash)}</dd>
      </div>
      <div class="positions">
        <dt>{i18n.message('positions')}</dt>
        <dd>{money(positions)}</dd>
      </div>
    </dl>
  );
}

/** SVG, because the content security policy forbids style attributes but not other attributes. */
function Bar({ cash, positions }: { cash: number; positions: number }) {
  const [left, right] = [Math.max(cash, 0), Math.max(positions, 0)];
  if (left + right === 0) return null;
  const share = (left / (left + right)) * 100;
  const gap = left > 0 && right > 0 ? 0.6 : 0;
  return (
    <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect x="0" y="0" width={Math.max(share - gap, 0)} height="1" />
      <rect x={share} y="0" width={100 - share} height="1" />
    </svg>
  );
}
