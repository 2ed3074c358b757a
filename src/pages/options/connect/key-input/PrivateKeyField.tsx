// The private key: dropped, chosen as a file, or pasted. The text of a file is never in the document.

import { useRef, useState } from 'preact/hooks';
import { i18n } from '../../../../browser/i18n.ts';
import { Alert } from '../../../shared/Alert.tsx';
import { Button } from '../../../shared/Button.tsx';
import { readKeyFile } from './read-key-file.ts';
import { useFileDrop } from './use-file-drop.ts';

export interface PrivateKeyValue {
  text: string;
  /** The name of its file; empty if it was typed or pasted. */
  file: string;
}

interface Props {
  value: PrivateKeyValue;
  /** `complete`: chosen, dropped or pasted, not typed. */
  onChange: (value: PrivateKeyValue, complete: boolean) => void;
  /** The user has left the field after a change. */
  onEntered: () => void;
}

export function PrivateKeyField({ value, onChange, onEntered }: Props) {
  const [unreadable, setUnreadable] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined) => {
    if (!file) return;
    const text = await readKeyFile(file);
    setUnreadable(text === undefined);
    if (text !== undefined) onChange({ text, file: file.name }, true);
  };
  const dragging = useFileDrop((file) => void take(file));

  return (
    <div class={dragging ? 'drop dragging' : 'drop'}>
      <p class="row">
        <b class="grow">{i18n.message(value.file ? 'fileChosen' : 'dropKeyFile', value.file)}</b>
        <Button onClick={() => picker.current?.click()}>{i18n.message('chooseKeyFile')}</Button>
        {value.file && (
          <Button onClick={() => onChange({ text: '', file: '' }, false)}>
            {i18n.message('fileRemove')}
          </Button>
        )}
      </p>
      {unreadable && <Alert>{i18n.message('keyUnreadable')}</Alert>}
      <div class="field">
        <label for="private-key">{i18n.message('privateKey')}</label>
        {/* autocomplete="off" also prevents Chromium from writing the field to its session files. */}
        <textarea
          id="private-key"
          rows={2}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-describedby="private-key-hint"
          value={value.file ? '' : value.text}
          onInput={({ currentTarget, inputType }) =>
            onChange({ text: currentTarget.value, file: '' }, /^insertFrom/.test(inputType ?? ''))
          }
          onChange={onEntered}
        />
        <p class="hint" id="private-key-hint">
          {i18n.message('privateKeyHint')}
        </p>
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
