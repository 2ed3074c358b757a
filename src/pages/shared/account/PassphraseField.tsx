// A passphrase field. Browsers neither spell-check `type="password"` nor write it to their session files.

import { useId } from 'preact/hooks';

interface Props {
  label: string;
  value: string;
  onChange: (text: string) => void;
  /** A new passphrase, not an existing one. */
  isNew?: boolean;
  hint?: string;
}

export function PassphraseField({ label, value, onChange, isNew = false, hint }: Props) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="password"
        autocomplete={isNew ? 'new-password' : 'off'}
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
        {...(hint && { 'aria-describedby': `${id}-hint` })}
      />
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
