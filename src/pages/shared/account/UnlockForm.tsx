// Unlocking an account with its passphrase.

import { useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import type { Problem } from '../../../commands/problem.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import { Alert } from '../Alert.tsx';
import { problemMessage } from '../problem-message.ts';
import { PassphraseField } from './PassphraseField.tsx';

export function UnlockForm({ accountId }: { accountId: string }) {
  const [passphrase, setPassphrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const unlock = async () => {
    setBusy(true);
    const result = await sendCommand('account/unlock', { accountId, passphrase });
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
      <p>{i18n.message('lockedText')}</p>
      <PassphraseField
        label={i18n.message('protectionPassphrase')}
        value={passphrase}
        onChange={setPassphrase}
      />
      {problem && <Alert>{problemMessage(problem, i18n)}</Alert>}
      <button type="submit" class="button main" aria-disabled={busy}>
        {i18n.message('unlock')}
      </button>
    </form>
  );
}
