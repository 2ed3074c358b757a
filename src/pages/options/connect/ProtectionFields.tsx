// How the key is stored. It is chosen before the first write, because a browser may keep deleted bytes.

import { i18n } from '../../../browser/i18n.ts';
import { PROTECTIONS } from '../../../domain/accounts/account.ts';
import { isWeakPassphrase } from '../../../domain/accounts/passphrase.ts';
import type { Settings } from '../../../domain/accounts/settings.ts';
import {
  type NewPassphrase,
  NewPassphraseFields,
  NO_PASSPHRASE,
  passphraseProblem,
} from '../../shared/account/NewPassphraseFields.tsx';
import type { FormProblem } from '../../shared/problem-message.ts';
import { RadioGroup } from '../../shared/RadioGroup.tsx';
import { AutoLockField } from '../privacy/AutoLock.tsx';

export interface ProtectionValue {
  protection: (typeof PROTECTIONS)[number];
  newPassphrase: NewPassphrase;
}

/** The passphrase to protect the key with, null for none; or the problem of what was typed. */
export function chosenPassphrase({
  protection,
  newPassphrase,
}: ProtectionValue): { ok: true; passphrase: string | null } | { ok: false; problem: FormProblem } {
  if (protection === 'none') return { ok: true, passphrase: null };
  const problem = passphraseProblem(newPassphrase);
  return problem ? { ok: false, problem } : { ok: true, passphrase: newPassphrase.passphrase };
}

interface Props {
  value: ProtectionValue;
  settings: Settings;
  onChange: (value: ProtectionValue) => void;
}

/** A protection without a passphrase yet. */
export function initialProtection(protection: ProtectionValue['protection']): ProtectionValue {
  return { protection, newPassphrase: NO_PASSPHRASE };
}

export function ProtectionFields({ value, settings, onChange }: Props) {
  const { protection, newPassphrase } = value;
  const isWeak = newPassphrase.passphrase !== '' && isWeakPassphrase(newPassphrase.passphrase);
  return (
    <>
      <RadioGroup
        legend={i18n.message('protection')}
        name="protection"
        chosen={protection}
        options={PROTECTIONS.map((choice) => ({
          value: choice,
          label: i18n.message(choice === 'none' ? 'protectionNone' : 'protectionPassphrase'),
          hint: i18n.message(choice === 'none' ? 'protectionNoneHint' : 'protectionPassphraseHint'),
        }))}
        onChoose={(chosen) => onChange({ ...value, protection: chosen })}
      />
      {protection === 'passphrase' && (
        <>
          <NewPassphraseFields
            label={i18n.message('protectionPassphrase')}
            hint={i18n.message(isWeak ? 'passphraseWeak' : 'passphraseLost')}
            value={newPassphrase}
            onChange={(typed) => onChange({ ...value, newPassphrase: typed })}
          />
          <AutoLockField settings={settings} />
        </>
      )}
      <p class="hint">{i18n.message('protectionLimits')}</p>
    </>
  );
}
