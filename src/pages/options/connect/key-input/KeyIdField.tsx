// The field for Kalshi's API key ID.

import { i18n } from '../../../../browser/i18n.ts';

interface Props {
  value: string;
  onChange: (keyId: string) => void;
  /** One sentence below the field. */
  hint?: string;
  /** The user has pasted this, or left the field after a change. */
  onEntered?: (pasted?: string) => void;
}

export function KeyIdField({ value, onChange, hint, onEntered }: Props) {
  return (
    <div class="field">
      <label for="key-id">{i18n.message('apiKeyId')}</label>
      <input
        id="key-id"
        type="text"
        autocomplete="off"
        spellcheck={false}
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
        onChange={() => onEntered?.()}
        onPaste={(event) => {
          const pasted = event.clipboardData?.getData('text/plain');
          if (!onEntered || !pasted) return;
          event.preventDefault();
          onEntered(pasted);
        }}
        {...(hint && { 'aria-describedby': 'key-id-hint' })}
      />
      {hint && (
        <p class="hint" id="key-id-hint">
          {hint}
        </p>
      )}
    </div>
  );
}
