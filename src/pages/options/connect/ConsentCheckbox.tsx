// The user's consent to a key that can do more than read, or whose scopes are unknown.

import { i18n } from '../../../browser/i18n.ts';
import { powerOf, type Scopes } from '../../../domain/accounts/key-scopes.ts';
import { describePower } from '../../../view/texts/key-power.ts';

interface Props {
  scopes: Scopes;
  consented: boolean;
  onChange: (consented: boolean) => void;
}

export function ConsentCheckbox({ scopes, consented, onChange }: Props) {
  return (
    <label class="choice">
      <input
        type="checkbox"
        checked={consented}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      {powerOf(scopes) === 'unknown'
        ? i18n.message('consentUnknown')
        : i18n.message('consentPower', describePower(scopes, i18n))}
    </label>
  );
}
