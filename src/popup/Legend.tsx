// The five numbers that people mix up, each in one sentence, on demand.

import { words } from '../platform/words.ts';
import type { MessageKey } from '../portfolio/words.ts';

const ROWS: [label: MessageKey, meaning: MessageKey][] = [
  ['cash', 'meaningCash'],
  ['positions', 'meaningPositions'],
  ['total', 'meaningTotal'],
  ['inOrders', 'meaningOrders'],
  ['pendingPayout', 'meaningPending'],
];

export function Legend() {
  return (
    <details class="legend">
      <summary>{words.say('legend')}</summary>
      <dl>
        {ROWS.map(([label, meaning]) => (
          <div key={label}>
            <dt>{words.say(label)}</dt>
            <dd class="meaning">{words.say(meaning)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
