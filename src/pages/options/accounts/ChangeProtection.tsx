// Changes or removes the passphrase of a protected key.

import { useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import type { Settings } from '../../../domain/accounts/settings.ts';
import { Alert } from '../../shared/Alert.tsx';
import { PassphraseField } from '../../shared/account/PassphraseField.tsx';
import { Button } from '../../shared/Button.tsx';
import { problemMessage } from '../../shared/problem-message.ts';
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
    if (guarded && next !== repeated) return setSentence(i18n.message('passphraseDiffers'));
    setBusy(true);
    const result = await sendCommand('account/protect', {
      accountId,
      passphrase,
      next: guarded ? next : null,
    });
    setBusy(false);
    if (result.ok) onChanged();
    else setSentence(problemMessage(result.problem, i18n));
  };

  return (
    <div class="checked">
      <PassphraseField
        label={i18n.message('currentPassphrase')}
        value={passphrase}
        onChange={setPassphrase}
      />
      <Protection value={chosen} settings={settings} onChange={setChosen} />
      {sentence && <Alert>{sentence}</Alert>}
      <div class="row">
        <Button main busy={busy} onClick={() => void save()}>
          {i18n.message('saveProtection')}
        </Button>
        <Button onClick={onCancel}>{i18n.message('cancel')}</Button>
      </div>
    </div>
  );
}
