// How the key is to lie on disk: chosen before the first write.

import { words } from '../platform/words.ts';
import { GOOD_PASSPHRASE, PROTECTION_CHOICES } from '../portfolio/account.ts';
import { PassphraseBox } from '../ui/PassphraseBox.tsx';
import { Choices } from './Choices.tsx';

export interface ProtectionValue {
  protection: (typeof PROTECTION_CHOICES)[number];
  passphrase: string;
  repeated: string;
}

interface Props {
  value: ProtectionValue;
  onChange: (value: ProtectionValue) => void;
}

export function Protection({ value, onChange }: Props) {
  const { protection, passphrase, repeated } = value;
  const weak = passphrase !== '' && passphrase.length < GOOD_PASSPHRASE;
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
        </>
      )}
    </>
  );
}
