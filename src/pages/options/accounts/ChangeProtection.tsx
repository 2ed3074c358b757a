// Changes or removes the passphrase of a protected key.

import { useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import type { Settings } from '../../../domain/accounts/settings.ts';
import { PassphraseField } from '../../shared/account/PassphraseField.tsx';
import { Button } from '../../shared/Button.tsx';
import { useCommand } from '../../shared/hooks/use-command.ts';
import { ProblemAlert } from '../../shared/ProblemAlert.tsx';
import { chosenPassphrase, initialProtection, ProtectionFields } from '../connect/ProtectionFields.tsx';

interface Props {
  accountId: string;
  settings: Settings;
  onChanged: () => void;
  onCancel: () => void;
}

export function ChangeProtection({ accountId, settings, onChanged, onCancel }: Props) {
  const [passphrase, setPassphrase] = useState('');
  const [chosen, setChosen] = useState(initialProtection('passphrase'));
  const { busy, problem, setProblem, send } = useCommand();

  const save = async () => {
    const next = chosenPassphrase(chosen);
    if (!next.ok) return setProblem(next.problem);
    const result = await send('account/protect', { accountId, passphrase, next: next.passphrase });
    if (result.ok) onChanged();
  };

  return (
    <div class="checked">
      <PassphraseField
        label={i18n.message('currentPassphrase')}
        value={passphrase}
        onChange={setPassphrase}
      />
      <ProtectionFields value={chosen} settings={settings} onChange={setChosen} />
      <ProblemAlert problem={problem} />
      <div class="row">
        <Button main busy={busy} onClick={() => void save()}>
          {i18n.message('saveProtection')}
        </Button>
        <Button onClick={onCancel}>{i18n.message('cancel')}</Button>
      </div>
    </div>
  );
}
