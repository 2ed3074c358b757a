// A key pair that was made here and waits for the key ID that Kalshi gives for its public half.

import { useState } from 'preact/hooks';
import { words } from '../../platform/i18n.ts';
import { type Problem, send } from '../../platform/messages.ts';
import type { Pending } from '../../portfolio/account.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { sayProblem } from '../../ui/problem-message.ts';
import { Unlock } from '../../ui/UnlockForm.tsx';
import { useAccess } from '../../ui/use-host-permission.ts';
import { Insist } from './ConsentCheckbox.tsx';
import { KeyIdBox } from './KeyIdField.tsx';

interface Props {
  pending: Pending;
  locked: boolean;
  onConnected: () => void;
  onDiscarded: () => void;
}

export function Waiting({ pending, locked, onConnected, onDiscarded }: Props) {
  const [keyId, setKeyId] = useState('');
  const [insists, setInsists] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [copied, setCopied] = useState(false);
  const [busy, setBusy] = useState(false);
  const withAccess = useAccess(pending.environment);

  const connect = async () => {
    const access = withAccess();
    setBusy(true);
    await access;
    const result = await send('pair/connect', { keyId, evenIfItCanAct: insists });
    setBusy(false);
    if (result.ok) onConnected();
    else setProblem(result.problem);
  };
  const discard = async () => {
    if (!confirm(words.say('forgetConfirm'))) return;
    const result = await send('pair/discard', {});
    if (result.ok) onDiscarded();
    else setProblem(result.problem);
  };
  const copy = () => navigator.clipboard.writeText(pending.publicPem).then(() => setCopied(true));

  return (
    <section class="section">
      <h2>
        {words.say('bornHeading')}
        {pending.environment === 'demo' && <span class="tag">{words.say('demoTag')}</span>}
      </h2>
      <p class="hint">{words.say('bornSteps')}</p>
      <div class="field">
        <label for="public-key">{words.say('bornPublic')}</label>
        <textarea
          id="public-key"
          class="pem"
          rows={pending.keyType === 'RSA' ? 9 : 3}
          readOnly
          value={pending.publicPem}
        />
      </div>
      <div class="row">
        <Button onClick={() => void copy()}>{words.say('copy')}</Button>
        <span role="status">{copied && words.say('copied')}</span>
      </div>
      {locked ? (
        <Unlock accountId={pending.id} />
      ) : (
        <>
          <KeyIdBox value={keyId} onChange={setKeyId} />
          {problem && <Alert>{sayProblem(problem, words)}</Alert>}
          {problem?.kind === 'can-act' && (
            <Insist scopes={problem.scopes} insists={insists} onChange={setInsists} />
          )}
          <div class="row">
            <Button
              main
              busy={busy}
              unavailable={problem?.kind === 'can-act' && !insists}
              onClick={() => void connect()}
            >
              {words.say('connectPair')}
            </Button>
            <Button onClick={() => void discard()}>{words.say('bornDiscard')}</Button>
          </div>
        </>
      )}
    </section>
  );
}
