// The result of a check: the figures, and what the key is allowed to do.

import { i18n } from '../../platform/i18n.ts';
import type { CheckedKey } from '../../platform/messages.ts';
import { powerOf } from '../../portfolio/key-scopes.ts';
import { TotalParts } from '../../ui/TotalParts.tsx';
import { describePower } from '../../view/key-power.ts';

export function CheckResult({ checked }: { checked: CheckedKey }) {
  const power = powerOf(checked.scopes);
  return (
    <div role="status" class="found">
      <h3>{i18n.message('checkedHeading')}</h3>
      <p>{i18n.message('checkedType', checked.keyType, i18n.message(checked.environment))}</p>
      <TotalParts figures={checked.figures} />
      <p>
        {power === 'unknown' ? (
          i18n.message('powerUnknownHint')
        ) : (
          <b>{i18n.message('checkedPower', describePower(checked.scopes, i18n))}</b>
        )}
      </p>
    </div>
  );
}
