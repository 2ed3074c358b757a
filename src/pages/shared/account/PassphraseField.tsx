// A passphrase field. Browsers neither spell-check `type="password"` nor write it to their session files.

import { useEffect, useId, useRef } from 'preact/hooks';

interface Props {
  label: string;
  value: string;
  onChange: (text: string) => void;
  /** A new passphrase, not an existing one. */
  isNew?: boolean;
  hint?: string;
  /** Whether the field has the focus when it appears. */
  focused?: boolean;
}

export function PassphraseField({ label, value, onChange, isNew = false, hint, focused = false }: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) input.current?.focus();
  }, []);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        ref={input}
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
