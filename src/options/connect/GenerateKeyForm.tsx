// Making a key pair here: how it is to be kept, then what to give to Kalshi and what to bring back.

import { useState } from 'preact/hooks';
import { words } from '../../platform/i18n.ts';
import { type Problem, type Result, send } from '../../platform/messages.ts';
import { ENVIRONMENTS, type Environment, KEY_TYPES, type KeyType } from '../../portfolio/account.ts';
import type { Settings } from '../../portfolio/settings.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { sayProblem } from '../../ui/problem-message.ts';
import { Choices } from '../../ui/RadioGroup.tsx';
import { useAccess } from '../../ui/use-host-permission.ts';
import { Protection, protectionOf } from './ProtectionFields.tsx';

export function Born({ settings, onCancel }: { settings: Settings; onCancel: () => void }) {
  const [environment, setEnvironment] = useState<Environment>('production');
  const [keyType, setKeyType] = useState<KeyType>('Ed25519');
  // What the key will be able to do is decided at Kalshi, later: as for every key of which nobody knows that.
  const [chosen, setChosen] = useState(protectionOf('passphrase'));
  const [sentence, setSentence] = useState('');
  const [busy, setBusy] = useState(false);
  const withAccess = useAccess(environment);

  const create = async () => {
    const { protection, passphrase, repeated } = chosen;
    const guarded = protection === 'passphrase';
    if (guarded && passphrase !== repeated) return setSentence(words.say('passphraseDiffers'));
    const access = withAccess(); // from the click: for the check that comes at the end
    setBusy(true);
    await access;
    const result: Result<null> = await send('pair/create', {
      environment,
      keyType,
      ...(guarded && { passphrase }),
    });
    setBusy(false);
    setSentence(result.ok ? '' : sayProblem(result.problem as Problem, words));
  };

  return (
    <section class="section">
      <h2>{words.say('bornHeading')}</h2>
      <p class="hint">{words.say('bornOffer')}</p>
      <Choices
        legend={words.say('environment')}
        name="born-environment"
        chosen={environment}
        options={ENVIRONMENTS.map((value) => ({ value, label: words.say(value) }))}
        onChoose={setEnvironment}
      />
      <Choices
        legend={words.say('keyType')}
        name="born-type"
        chosen={keyType}
        options={[...KEY_TYPES].reverse().map((value) => ({ value, label: value }))}
        onChoose={setKeyType}
      />
      <Protection value={chosen} settings={settings} onChange={setChosen} />
      {sentence && <Alert>{sentence}</Alert>}
      <div class="row">
        <Button main busy={busy} onClick={() => void create()}>
          {words.say('bornCreate')}
        </Button>
        <Button onClick={onCancel}>{words.say('cancel')}</Button>
      </div>
    </section>
  );
}
