// "What the numbers mean": a sentence about each figure.

import { useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import type { MessageKey } from '../../../view/texts/translate.ts';

const ROWS: [label: MessageKey, meaning: MessageKey][] = [
  ['cash', 'meaningCash'],
  ['positions', 'meaningPositions'],
  ['perps', 'meaningPerps'],
  ['total', 'meaningTotal'],
  ['today', 'meaningToday'],
  ['unrealized', 'meaningUnrealized'],
  ['dayMoveLabel', 'meaningDayMove'],
  ['maxPayoutLabel', 'meaningMaxPayout'],
  ['inOrders', 'meaningOrders'],
  ['pendingPayout', 'meaningPending'],
  ['recentSettlements', 'meaningSettlements'],
  ['resultsTitle', 'meaningResults'],
];

/** @param perpsUnreadable the key may not read the equity of perps: the meaning of their figure says so */
export function Legend({ perpsUnreadable }: { perpsUnreadable: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <section class="legend">
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {i18n.message('legend')}
      </button>
      {open &&
        ROWS.map(([label, meaning]) => (
          <p key={label}>
            <b>{i18n.message(label)}</b>{' '}
            {i18n.message(label === 'perps' && perpsUnreadable ? 'perpsUnreadable' : meaning)}
          </p>
        ))}
    </section>
  );
}
