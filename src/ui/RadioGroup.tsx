// A group of radio buttons, each with an optional hint.

interface Props<Value extends string> {
  legend: string;
  /** The `name` attribute of the radio buttons. */
  name: string;
  options: { value: Value; label: string; hint?: string }[];
  chosen: Value;
  onChoose: (value: Value) => void;
}

export function RadioGroup<Value extends string>({ legend, name, options, chosen, onChoose }: Props<Value>) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {options.map(({ value, label, hint }) => (
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
