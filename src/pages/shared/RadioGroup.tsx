// A group of radio buttons, each with an optional hint.

import type { ComponentChildren } from 'preact';

interface Props<Value extends string> {
  legend: string;
  /** The `name` attribute of the radio buttons. */
  name: string;
  /** `preview`: what it looks like, beside the label. */
  options: { value: Value; label: string; hint?: string; preview?: ComponentChildren }[];
  chosen: Value;
  onChoose: (value: Value) => void;
}

export function RadioGroup<Value extends string>({ legend, name, options, chosen, onChoose }: Props<Value>) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {options.map(({ value, label, hint, preview }) => (
        <div class="choice" key={value}>
          <input
            type="radio"
            id={`${name}-${value}`}
            name={name}
            value={value}
            checked={value === chosen}
            onChange={() => onChoose(value)}
            {...(hint && { 'aria-describedby': `${name}-${value}-hint` })}
          />
          <label for={`${name}-${value}`}>{label}</label>
          {preview}
          {hint && (
            <span class="hint" id={`${name}-${value}-hint`}>
              {hint}
            </span>
          )}
        </div>
      ))}
    </fieldset>
  );
}
