// Generating a key pair: its type and protection. The public key is shown next.

import { useState } from 'preact/hooks';
import { i18n } from '../../../../browser/i18n.ts';
import {
  ENVIRONMENTS,
  type Environment,
  KEY_TYPES,
  type KeyType,
} from '../../../../domain/accounts/account.ts';
import type { Settings } from '../../../../domain/accounts/settings.ts';
import { Button } from '../../../shared/Button.tsx';
import { useCommand } from '../../../shared/hooks/use-command.ts';
import { useHostPermission } from '../../../shared/hooks/use-permission.ts';
import { ProblemAlert } from '../../../shared/ProblemAlert.tsx';
import { RadioGroup } from '../../../shared/RadioGroup.tsx';
import { Section } from '../../Section.tsx';
import { chosenPassphrase, initialProtection, ProtectionFields } from '../ProtectionFields.tsx';

export function GenerateKeyForm({ settings, onCancel }: { settings: Settings; onCancel: () => void }) {
  const [environment, setEnvironment] = useState<Environment>('production');
  const [keyType, setKeyType] = useState<KeyType>('Ed25519');
  // The scopes are chosen at Kalshi afterwards, so the key is treated as one with unknown scopes.
  const [chosen, setChosen] = useState(initialProtection('passphrase'));
  const { busy, problem, setProblem, send } = useCommand();
  const { requestAccess } = useHostPermission(environment);

  const create = async () => {
    const next = chosenPassphrase(chosen);
    if (!next.ok) return setProblem(next.problem);
    // The permission is needed when the pair is connected, and can only be requested from a click.
    await send(
      'pair/create',
      { environment, keyType, ...(next.passphrase !== null && { passphrase: next.passphrase }) },
      requestAccess(),
    );
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
      <ProtectionFields value={chosen} settings={settings} onChange={setChosen} />
      <ProblemAlert problem={problem} />
      <div class="row">
        <Button main busy={busy} onClick={() => void create()}>
          {i18n.message('generateCreate')}
        </Button>
        <Button onClick={onCancel}>{i18n.message('cancel')}</Button>
      </div>
    </Section>
  );
}
