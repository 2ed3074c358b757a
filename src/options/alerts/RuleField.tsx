// A number of an alert rule. An empty field switches the rule off.

import { i18n } from '../../platform/i18n.ts';
import { parseRule, type RuleUnit, writeRule } from '../../view/rule-text.ts';

interface Props {
  id: string;
  name: string;
  unit: RuleUnit;
  value: number | null;
  invalid: boolean;
  onInvalid: () => void;
  onChange: (value: number | null) => void;
}

export function RuleField({ id, name, unit, value, invalid, onInvalid, onChange }: Props) {
  return (
    <div class="field">
      <label for={id}>{name}</label>
      <input
        type="text"
        inputMode="decimal"
        id={id}
        value={writeRule(value, unit)}
        aria-invalid={invalid}
        aria-describedby={invalid ? `${id}-fault` : undefined}
        onChange={({ currentTarget }) => {
          const parsed = parseRule(currentTarget.value, unit);
          if (parsed === undefined) onInvalid();
          else onChange(parsed);
        }}
      />
      {invalid && (
        <p class="fault" id={`${id}-fault`} role="alert">
          {i18n.message('ruleInvalid')}
        </p>
      )}
    </div>
  );
}
