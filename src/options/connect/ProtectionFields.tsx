// How the key is to lie on disk: chosen before the first write.

import { words } from '../../platform/i18n.ts';
import { PROTECTION_CHOICES } from '../../portfolio/account.ts';
import { isWeakPassphrase } from '../../portfolio/passphrase.ts';
import type { Settings } from '../../portfolio/settings.ts';
import { PassphraseBox } from '../../ui/PassphraseField.tsx';
import { Choices } from '../../ui/RadioGroup.tsx';
import { LockWhen } from '../settings/AutoLock.tsx';

export interface ProtectionValue {
  protection: (typeof PROTECTION_CHOICES)[number];
  passphrase: string;
  repeated: string;
}

interface Props {
  value: ProtectionValue;
  settings: Settings;
  onChange: (value: ProtectionValue) => void;
}

/** A choice not made yet. */
export function protectionOf(protection: ProtectionValue['protection']): ProtectionValue {
  return { protection, passphrase: '', repeated: '' };
}

export function Protection({ value, settings, onChange }: Props) {
  const { protection, passphrase, repeated } = value;
  const weak = passphrase !== '' && isWeakPassphrase(passphrase);
  return (
    <>
      <Choices
        legend={words.say('protection')}
        name="protection"
        chosen={protection}
        options={PROTECTION_CHOICES.map((choice) => ({
          value: choice,
          label: words.say(choice === 'none' ? 'protectionNone' : 'protectionPassphrase'),
          hint: words.say(choice === 'none' ? 'protectionNoneHint' : 'protectionPassphraseHint'),
        }))}
        onChoose={(chosen) => onChange({ ...value, protection: chosen })}
      />
      {protection === 'passphrase' && (
        <>
          <PassphraseBox
            label={words.say('protectionPassphrase')}
            fresh
            value={passphrase}
            onChange={(text) => onChange({ ...value, passphrase: text })}
            hint={words.say(weak ? 'passphraseWeak' : 'passphraseLost')}
          />
          <PassphraseBox
            label={words.say('repeatPassphrase')}
            fresh
            value={repeated}
            onChange={(text) => onChange({ ...value, repeated: text })}
          />
          <LockWhen settings={settings} />
        </>
      )}
      <p class="hint">{words.say('protectionLimits')}</p>
    </>
  );
}
