// Generating a key pair: its type and protection. The public key is shown next.

import { useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import type { Problem, Result } from '../../../commands/problem.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import { ENVIRONMENTS, type Environment, KEY_TYPES, type KeyType } from '../../../domain/accounts/account.ts';
import type { Settings } from '../../../domain/accounts/settings.ts';
import { Alert } from '../../shared/Alert.tsx';
import { Button } from '../../shared/Button.tsx';
import { useHostPermission } from '../../shared/hooks/use-permission.ts';
import { problemMessage } from '../../shared/problem-message.ts';
import { RadioGroup } from '../../shared/RadioGroup.tsx';
import { Section } from '../Section.tsx';
import { Protection, protectionOf } from './ProtectionFields.tsx';

export function GenerateKeyForm({ settings, onCancel }: { settings: Settings; onCancel: () => void }) {
  const [environment, setEnvironment] = useState<Environment>('production');
  const [keyType, setKeyType] = useState<KeyType>('Ed25519');
  // The scopes are chosen at Kalshi afterwards, so the key is treated as one with unknown scopes.
  const [chosen, setChosen] = useState(protectionOf('passphrase'));
  const [sentence, setSentence] = useState('');
  const [busy, setBusy] = useState(false);
  const withAccess = useHostPermission(environment);

  const create = async () => {
    const { protection, passphrase, repeated } = chosen;
    const guarded = protection === 'passphrase';
    if (guarded && passphrase !== repeated) return setSentence(i18n.message('passphraseDiffers'));
    const access = withAccess(); // from the click: the check at the end needs it
    setBusy(true);
    await access;
    const result: Result<null> = await sendCommand('pair/create', {
      environment,
      keyType,
      ...(guarded && { passphrase }),
    });
    setBusy(false);
    setSentence(result.ok ? '' : problemMessage(result.problem as Problem, i18n));
  };

  return (
    <Section icon="key" title={i18n.message('generateHeading')} hint={i18n.message('generateOffer')}>
      <RadioGroup
        legend={i18n.message('environment')}
        name="generated-environment"
        chosen={environment}
        options={ENVIRONMENTS.map((value) => ({ value, label: i18n.message(value) }))}
        onChoose={setEnvironment}
      />
      <RadioGroup
        legend={i18n.message('keyType')}
        name="generated-type"
        chosen={keyType}
        options={[...KEY_TYPES].reverse().map((value) => ({ value, label: value }))}
        onChoose={setKeyType}
      />
      <Protection value={chosen} settings={settings} onChange={setChosen} />
      {sentence && <Alert>{sentence}</Alert>}
      <div class="row">
        <Button main busy={busy} onClick={() => void create()}>
          {i18n.message('generateCreate')}
        </Button>
        <Button onClick={onCancel}>{i18n.message('cancel')}</Button>
      </div>
    </Section>
  );
}
