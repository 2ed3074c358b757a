// Unlocking an account with its passphrase.

import { useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import { useCommand } from '../hooks/use-command.ts';
import { ProblemAlert } from '../ProblemAlert.tsx';
import { PassphraseField } from './PassphraseField.tsx';

/** @param focused whether the passphrase has the focus when the form appears */
export function UnlockForm({ accountId, focused = false }: { accountId: string; focused?: boolean }) {
  const [passphrase, setPassphrase] = useState('');
  const { busy, problem, send } = useCommand();

  const unlock = async () => {
    await send('account/unlock', { accountId, passphrase });
    setPassphrase('');
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
        focused={focused}
        value={passphrase}
        onChange={setPassphrase}
      />
      <ProblemAlert problem={problem} />
      <button type="submit" class="button main" aria-disabled={busy}>
        {i18n.message('unlock')}
      </button>
    </form>
  );
}
