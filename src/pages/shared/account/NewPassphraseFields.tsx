// A new passphrase, typed twice.

import { i18n } from '../../../browser/i18n.ts';
import type { FormProblem } from '../problem-message.ts';
import { PassphraseField } from './PassphraseField.tsx';

export interface NewPassphrase {
  passphrase: string;
  repeated: string;
}

export const NO_PASSPHRASE: NewPassphrase = { passphrase: '', repeated: '' };

/** The problem of what was typed, apart from its strength, which the background checks. */
export function passphraseProblem({ passphrase, repeated }: NewPassphrase): FormProblem | undefined {
  return passphrase === repeated ? undefined : { kind: 'passphrase-differs' };
}

interface Props {
  label: string;
  hint: string;
  value: NewPassphrase;
  onChange: (value: NewPassphrase) => void;
}

export function NewPassphraseFields({ label, hint, value, onChange }: Props) {
  return (
    <>
      <PassphraseField
        label={label}
        isNew
        value={value.passphrase}
        onChange={(passphrase) => onChange({ ...value, passphrase })}
        hint={hint}
      />
      <PassphraseField
        label={i18n.message('repeatPassphrase')}
        isNew
        value={value.repeated}
        onChange={(repeated) => onChange({ ...value, repeated })}
      />
    </>
  );
}
