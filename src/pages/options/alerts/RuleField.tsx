// A number or a time of an alert rule. An empty field switches the rule off.

import { useContext, useEffect, useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import { HIDDEN } from '../../../view/texts/format-money.ts';
import { formatRule, parseRule, type RuleUnit } from '../../../view/texts/rule-text.ts';
import { Hidden } from '../../shared/hooks/use-money.ts';

interface Props {
  id: string;
  name: string;
  unit: RuleUnit;
  /** What is stored. */
  value: number | null;
  onChange: (value: number | null) => void;
}

export function RuleField({ id, name, unit, value, onChange }: Props) {
  // What is being typed stays, whatever else the page renders meanwhile.
  const [typed, setTyped] = useState<string>();
  const [invalid, setInvalid] = useState(false);
  const isHidden = useContext(Hidden) && unit === 'dollars' && value !== null;
  useEffect(() => setTyped(undefined), [value]);
  return (
    <div class="field">
      <label for={id}>{name}</label>
      <input
        {...(unit === 'time'
          ? ({ type: 'time' } as const)
          : ({ type: 'text', inputMode: 'decimal' } as const))}
        id={id}
        value={typed ?? (isHidden ? HIDDEN : formatRule(value, unit))}
        onFocus={({ currentTarget }) => isHidden && currentTarget.select()}
        aria-invalid={invalid}
        aria-describedby={invalid ? `${id}-fault` : undefined}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        onChange={({ currentTarget }) => {
          const parsed = parseRule(currentTarget.value, unit);
          setInvalid(parsed === undefined);
          if (parsed === value) setTyped(undefined);
          else if (parsed !== undefined) onChange(parsed);
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
