// Unlocking an account with its passphrase.

import { useState } from 'preact/hooks';
import { words } from '../platform/i18n.ts';
import { type Problem, send } from '../platform/messages.ts';
import { Alert } from './Alert.tsx';
import { PassphraseBox } from './PassphraseField.tsx';
import { sayProblem } from './problem-message.ts';

export function Unlock({ accountId }: { accountId: string }) {
  const [passphrase, setPassphrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const unlock = async () => {
    setBusy(true);
    const result = await send('account/unlock', { accountId, passphrase });
    setBusy(false);
    setPassphrase('');
    setProblem(result.ok ? undefined : result.problem);
  };

  return (
    <form
      class="unlock"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void unlock();
      }}
    >
      <p>{words.say('lockedText')}</p>
      <PassphraseBox label={words.say('protectionPassphrase')} value={passphrase} onChange={setPassphrase} />
      {problem && <Alert>{sayProblem(problem, words)}</Alert>}
      <button type="submit" class="button main" aria-disabled={busy}>
        {words.say('unlock')}
      </button>
    </form>
  );
}
