// Saving a key: its protection, and consent to a key that can do more than read.

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import type { SaveChoices } from '../../../commands/commands.ts';
import { canAct, needsConsent, type Scopes } from '../../../domain/accounts/key-scopes.ts';
import type { Settings } from '../../../domain/accounts/settings.ts';
import { Alert } from '../../shared/Alert.tsx';
import { Button } from '../../shared/Button.tsx';
import { ConsentCheckbox } from './ConsentCheckbox.tsx';
import { Protection, protectionOf } from './ProtectionFields.tsx';

interface Props {
  /** What is known about the key, shown first. */
  children?: ComponentChildren;
  scopes: Scopes;
  /** The key could not be checked. */
  unchecked: boolean;
  busy: boolean;
  settings: Settings;
  onSave: (choices: Omit<SaveChoices, 'replaces'>) => void;
}

export function SaveKeyForm({ children, scopes, unchecked, busy, settings, onSave }: Props) {
  const risky = canAct(scopes);
  const consentNeeded = needsConsent(scopes);
  const [consented, setConsented] = useState(false);
  const [differs, setDiffers] = useState(false);
  // The default follows the risk: no passphrase for a key that can only read, a passphrase for any other.
  const [chosen, setChosen] = useState(protectionOf(consentNeeded ? 'passphrase' : 'none'));

  const save = () => {
    const { protection, passphrase, repeated } = chosen;
    const wrong = protection === 'passphrase' && passphrase !== repeated;
    setDiffers(wrong);
    if (wrong) return;
    onSave({
      allowUnchecked: unchecked,
      acceptPower: consented,
      ...(protection === 'passphrase' && { passphrase }),
    });
  };

  return (
    <div class={risky ? 'checked risky' : 'checked'}>
      {children}
      {risky && <p>{i18n.message('leastPower')}</p>}
      {consentNeeded && <ConsentCheckbox scopes={scopes} consented={consented} onChange={setConsented} />}
      <Protection value={chosen} settings={settings} onChange={setChosen} />
      {differs && <Alert>{i18n.message('passphraseDiffers')}</Alert>}
      <div class="row">
        <Button main={!risky} busy={busy} unavailable={consentNeeded && !consented} onClick={save}>
          {i18n.message(unchecked ? 'saveUnchecked' : 'saveKey')}
        </Button>
      </div>
    </div>
  );
}
