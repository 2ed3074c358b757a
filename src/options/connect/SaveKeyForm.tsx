// Keeping a key: how it is to lie on disk, and the user's word for one that can do more than look.

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { i18n } from '../../platform/i18n.ts';
import type { SaveChoices } from '../../platform/messages.ts';
import { canAct, needsConsent, type Scopes } from '../../portfolio/key-scopes.ts';
import type { Settings } from '../../portfolio/settings.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { ConsentCheckbox } from './ConsentCheckbox.tsx';
import { Protection, protectionOf } from './ProtectionFields.tsx';

interface Props {
  /** What is known of the key, to be shown first. */
  children?: ComponentChildren;
  scopes: Scopes;
  /** Nobody could be asked about the key. */
  unchecked: boolean;
  busy: boolean;
  settings: Settings;
  onSave: (choices: Omit<SaveChoices, 'replaces'>) => void;
}

export function SaveKeyForm({ children, scopes, unchecked, busy, settings, onSave }: Props) {
  const risky = canAct(scopes);
  const asks = needsConsent(scopes);
  const [insists, setInsists] = useState(false);
  const [differs, setDiffers] = useState(false);
  // By risk: what can only look may go without a passphrase; what can act, or might, had better not.
  const [chosen, setChosen] = useState(protectionOf(asks ? 'passphrase' : 'none'));

  const save = () => {
    const { protection, passphrase, repeated } = chosen;
    const wrong = protection === 'passphrase' && passphrase !== repeated;
    setDiffers(wrong);
    if (wrong) return;
    onSave({
      allowUnchecked: unchecked,
      acceptPower: insists,
      ...(protection === 'passphrase' && { passphrase }),
    });
  };

  return (
    <div class={risky ? 'checked risky' : 'checked'}>
      {children}
      {risky && <p>{i18n.message('leastPower')}</p>}
      {asks && <ConsentCheckbox scopes={scopes} insists={insists} onChange={setInsists} />}
      <Protection value={chosen} settings={settings} onChange={setChosen} />
      {differs && <Alert>{i18n.message('passphraseDiffers')}</Alert>}
      <div class="row">
        <Button main={!risky} busy={busy} unavailable={asks && !insists} onClick={save}>
          {i18n.message(unchecked ? 'saveUnchecked' : 'saveKey')}
        </Button>
      </div>
    </div>
  );
}
