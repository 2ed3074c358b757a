// The private key: pasted, chosen as a file, or dropped. The text of a file is never in the document.

import { useRef, useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import { Alert } from '../../shared/Alert.tsx';
import { Button } from '../../shared/Button.tsx';
import { useFileDrop } from './use-file-drop.ts';

export interface PrivateKeyValue {
  text: string;
  /** The name of its file; empty if it was typed or pasted. */
  file: string;
}

interface Props {
  value: PrivateKeyValue;
  onChange: (value: PrivateKeyValue) => void;
}

/** A key file has about 2 kB. Of a larger file only this much is read, enough to refuse it. */
const MAX_BYTES = 65_536;

export function PrivateKeyField({ value, onChange }: Props) {
  const [unreadable, setUnreadable] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined) => {
    if (!file) return;
    const text = await file
      .slice(0, MAX_BYTES)
      .text()
      .catch(() => undefined); // moved, or not readable
    setUnreadable(text === undefined);
    if (text !== undefined) onChange({ text, file: file.name });
  };
  const dragging = useFileDrop((file) => void take(file));

  return (
    <div class={dragging ? 'field dragging' : 'field'}>
      <label for="private-key">{i18n.message('privateKey')}</label>
      {/* autocomplete="off" also prevents Chromium from writing the field to its session files. */}
      <textarea
        id="private-key"
        rows={5}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        aria-describedby="private-key-hint"
        value={value.file ? '' : value.text}
        onInput={({ currentTarget }) => onChange({ text: currentTarget.value, file: '' })}
      />
      <p class="hint" id="private-key-hint">
        {value.file ? i18n.message('fileChosen', value.file) : i18n.message('privateKeyHint')}
      </p>
      {unreadable && <Alert>{i18n.message('keyUnreadable')}</Alert>}
      <div class="row">
        <Button onClick={() => picker.current?.click()}>{i18n.message('chooseKeyFile')}</Button>
        {value.file && (
          <Button onClick={() => onChange({ text: '', file: '' })}>{i18n.message('fileRemove')}</Button>
        )}
      </div>
      <input
        ref={picker}
        type="file"
        tabIndex={-1}
        onChange={({ currentTarget }) => {
          void take(currentTarget.files?.[0]);
          currentTarget.value = ''; // so that the same file can be chosen again
        }}
      />
    </div>
  );
}
