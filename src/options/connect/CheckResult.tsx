// What the check found: the figures, and what the key may do.

import { words } from '../../platform/i18n.ts';
import type { CheckedKey } from '../../platform/messages.ts';
import { POWER_NAMES, powerOf } from '../../portfolio/key-scopes.ts';
import { Split } from '../../ui/CashPositions.tsx';

export function Checked({ checked }: { checked: CheckedKey }) {
  const power = powerOf(checked.scopes);
  return (
    <div role="status" class="found">
      <h3>{words.say('checkedHeading')}</h3>
      <p>{words.say('checkedType', checked.keyType, words.say(checked.environment))}</p>
      <Split figures={checked.figures} />
      <p>
        {power === 'unknown' ? (
          words.say('powerUnknownHint')
        ) : (
          <b>{words.say('checkedPower', words.say(POWER_NAMES[power]))}</b>
        )}
      </p>
    </div>
  );
}
