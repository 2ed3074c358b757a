// A number or a time of an alert rule. An empty field switches the rule off. What is typed is stored while it is typed, so
// that a page that is closed loses nothing.

import { useContext, useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import type { Micros } from '../../../domain/money.ts';
import { HIDDEN } from '../../../view/texts/format-money.ts';
import { formatRule, type ParsedRule, parseRule, type RuleUnit } from '../../../view/texts/rule-text.ts';
import { Hidden, useMoney } from '../../shared/hooks/use-money.ts';

interface Props {
  id: string;
  name: string;
  unit: RuleUnit;
  /** What is stored. */
  value: number | null;
  disabled?: boolean;
  /** The figure that the rule looks at, micro-dollars; undefined if it is unknown or none. */
  now?: Micros | undefined;
  /** While something valid is being typed. */
  onType: (value: number) => void;
  /** On leaving the field. */
  onChange: (value: number | null) => void;
}

export function RuleField({ id, name, unit, value, disabled = false, now, onType, onChange }: Props) {
  // What is being typed stays, whatever else the page renders meanwhile.
  const [typed, setTyped] = useState<string>();
  const [refused, setRefused] = useState<ParsedRule & { ok: false }>();
  const isHidden = useContext(Hidden) && unit === 'dollars' && value !== null;
  const money = useMoney();
  const parse = (text: string) => parseRule(text, unit, i18n.locale);
  return (
    <div class="field">
      <label for={id}>{name}</label>
      <input
        {...(unit === 'time'
          ? ({ type: 'time' } as const)
          : ({ type: 'text', inputMode: 'decimal' } as const))}
        id={id}
        disabled={disabled}
        value={typed ?? (isHidden ? HIDDEN : formatRule(value, unit, i18n.locale))}
        onFocus={({ currentTarget }) => isHidden && currentTarget.select()}
        aria-invalid={refused !== undefined}
        aria-describedby={refused ? `${id}-fault` : now === undefined ? undefined : `${id}-now`}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          const parsed = parse(currentTarget.value);
          if (parsed.ok && parsed.value !== null) onType(parsed.value);
        }}
        onChange={({ currentTarget }) => {
          const parsed = parse(currentTarget.value);
          setRefused(parsed.ok ? undefined : parsed);
          if (!parsed.ok) return;
          setTyped(undefined);
          onChange(parsed.value);
        }}
      />
      {now !== undefined && (
        <span class="hint" id={`${id}-now`}>
          {i18n.message('ruleNow', money(now))}
        </span>
      )}
      {refused && (
        <p class="fault" id={`${id}-fault`} role="alert">
          {refused.readings
            ? i18n.message('ruleAmbiguous', ...refused.readings)
            : i18n.message('ruleInvalid')}
        </p>
      )}
    </div>
  );
}
