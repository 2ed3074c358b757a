// What the check found: the figures, and what the key may do.

import { i18n } from '../../platform/i18n.ts';
import type { CheckedKey } from '../../platform/messages.ts';
import { POWER_NAMES, powerOf } from '../../portfolio/key-scopes.ts';
import { CashPositions } from '../../ui/CashPositions.tsx';

export function CheckResult({ checked }: { checked: CheckedKey }) {
  const power = powerOf(checked.scopes);
  return (
    <div role="status" class="found">
      <h3>{i18n.say('checkedHeading')}</h3>
      <p>{i18n.say('checkedType', checked.keyType, i18n.say(checked.environment))}</p>
      <CashPositions figures={checked.figures} />
      <p>
        {power === 'unknown' ? (
          i18n.say('powerUnknownHint')
        ) : (
          <b>{i18n.say('checkedPower', i18n.say(POWER_NAMES[power]))}</b>
        )}
      </p>
    </div>
  );
}
