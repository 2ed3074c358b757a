// Another passphrase for a protected key, or none.

import { useState } from 'preact/hooks';
import { words } from '../../platform/i18n.ts';
import { send } from '../../platform/messages.ts';
import type { Settings } from '../../portfolio/settings.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { PassphraseBox } from '../../ui/PassphraseField.tsx';
import { sayProblem } from '../../ui/problem-message.ts';
import { Protection, protectionOf } from '../connect/ProtectionFields.tsx';

interface Props {
  accountId: string;
  settings: Settings;
  onChanged: () => void;
  onCancel: () => void;
}

export function ChangeProtection({ accountId, settings, onChanged, onCancel }: Props) {
  const [passphrase, setPassphrase] = useState('');
  const [chosen, setChosen] = useState(protectionOf('passphrase'));
  const [sentence, setSentence] = useState('');
  const [busy, setBusy] = useState(false);

  const save = async () => {
    const { protection, passphrase: next, repeated } = chosen;
    const guarded = protection === 'passphrase';
    if (guarded && next !== repeated) return setSentence(words.say('passphraseDiffers'));
    setBusy(true);
    const result = await send('account/protect', { accountId, passphrase, next: guarded ? next : null });
    setBusy(false);
    if (result.ok) onChanged();
    else setSentence(sayProblem(result.problem, words));
  };

  return (
    <div class="checked">
      <PassphraseBox label={words.say('currentPassphrase')} value={passphrase} onChange={setPassphrase} />
      <Protection value={chosen} settings={settings} onChange={setChosen} />
      {sentence && <Alert>{sentence}</Alert>}
      <div class="row">
        <Button main busy={busy} onClick={() => void save()}>
          {words.say('saveProtection')}
        </Button>
        <Button onClick={onCancel}>{words.say('cancel')}</Button>
      </div>
    </div>
  );
}
