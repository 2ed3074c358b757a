// How the key is stored: chosen before the first write.

import { i18n } from '../../../browser/i18n.ts';
import { PROTECTIONS } from '../../../domain/accounts/account.ts';
import { isWeakPassphrase } from '../../../domain/accounts/passphrase.ts';
import type { Settings } from '../../../domain/accounts/settings.ts';
import { PassphraseField } from '../../shared/account/PassphraseField.tsx';
import { RadioGroup } from '../../shared/RadioGroup.tsx';
import { AutoLockField } from '../privacy/AutoLock.tsx';

export interface ProtectionValue {
  protection: (typeof PROTECTIONS)[number];
  passphrase: string;
  repeated: string;
}

interface Props {
  value: ProtectionValue;
  settings: Settings;
  onChange: (value: ProtectionValue) => void;
}

/** No choice yet. */
export function protectionOf(protection: ProtectionValue['protection']): ProtectionValue {
  return { protection, passphrase: '', repeated: '' };
}

export function Protection({ value, settings, onChange }: Props) {
  const { protection, passphrase, repeated } = value;
  const weak = passphrase !== '' && isWeakPassphrase(passphrase);
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
          <PassphraseField
            label={i18n.message('protectionPassphrase')}
            fresh
            value={passphrase}
            onChange={(text) => onChange({ ...value, passphrase: text })}
            hint={i18n.message(weak ? 'passphraseWeak' : 'passphraseLost')}
          />
          <PassphraseField
            label={i18n.message('repeatPassphrase')}
            fresh
            value={repeated}
            onChange={(text) => onChange({ ...value, repeated: text })}
          />
          <AutoLockField settings={settings} />
        </>
      )}
      <p class="hint">{i18n.message('protectionLimits')}</p>
    </>
  );
}
