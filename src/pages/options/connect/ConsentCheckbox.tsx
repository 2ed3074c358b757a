// The user's consent to a key that can do more than read, or whose scopes are unknown.

import { i18n } from '../../../browser/i18n.ts';
import { isConsented, powerOf, type Scopes } from '../../../domain/accounts/key-scopes.ts';
import { describeScopes } from '../../../view/texts/key-scopes.ts';

interface Props {
  scopes: Scopes;
  /** The scopes that the user agreed to; undefined without consent. */
  accepted: Scopes | undefined;
  onChange: (accepted: Scopes | undefined) => void;
}

export function ConsentCheckbox({ scopes, accepted, onChange }: Props) {
  return (
    <label class="choice">
      <input
        type="checkbox"
        checked={isConsented(scopes, accepted)}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? scopes : undefined)}
      />
      {powerOf(scopes) === 'unknown'
        ? i18n.message('consentUnknown')
        : i18n.message('consentPower', describeScopes(scopes, i18n))}
    </label>
  );
}
