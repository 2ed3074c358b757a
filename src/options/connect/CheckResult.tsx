// The result of a check: the figures, and what the key is allowed to do.

import { i18n } from '../../platform/i18n.ts';
import type { CheckedKey } from '../../platform/messages.ts';
import { POWER_NAMES, powerOf } from '../../portfolio/key-scopes.ts';
import { CashPositions } from '../../ui/CashPositions.tsx';

export function CheckResult({ checked }: { checked: CheckedKey }) {
  const power = powerOf(checked.scopes);
  return (
    <div role="status" class="found">
      <h3>{i18n.message('checkedHeading')}</h3>
      <p>{i18n.message('checkedType', checked.keyType, i18n.message(checked.environment))}</p>
      <CashPositions figures={checked.figures} />
      <p>
        {power === 'unknown' ? (
          i18n.message('powerUnknownHint')
        ) : (
          <b>{i18n.message('checkedPower', i18n.message(POWER_NAMES[power]))}</b>
        )}
      </p>
    </div>
  );
}
