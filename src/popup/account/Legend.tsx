// "What the numbers mean": a sentence about each figure.

import { useState } from 'preact/hooks';
import { i18n } from '../../platform/i18n.ts';
import type { MessageKey } from '../../view/translate.ts';

const ROWS: [label: MessageKey, meaning: MessageKey][] = [
  ['cash', 'meaningCash'],
  ['positions', 'meaningPositions'],
  ['total', 'meaningTotal'],
  ['inOrders', 'meaningOrders'],
  ['pendingPayout', 'meaningPending'],
];

export function Legend() {
  const [open, setOpen] = useState(false);
  return (
    <section class="legend">
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {i18n.message('legend')}
      </button>
      {open &&
        ROWS.map(([label, meaning]) => (
          <p key={label}>
            <b>{i18n.message(label)}</b> {i18n.message(meaning)}
          </p>
        ))}
    </section>
  );
}
