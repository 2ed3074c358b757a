// The field for Kalshi's API key ID.

import { i18n } from '../../../browser/i18n.ts';

export function KeyIdField({ value, onChange }: { value: string; onChange: (keyId: string) => void }) {
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
      />
    </div>
  );
}
