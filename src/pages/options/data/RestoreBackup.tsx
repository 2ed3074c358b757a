// Restoring a backup from a file; an encrypted one asks for its passphrase.

import { useState } from 'preact/hooks';
import { chooseFile } from '../../../browser/choose-file.ts';
import { i18n } from '../../../browser/i18n.ts';
import type { Problem } from '../../../commands/problem.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import type { Restored } from '../../../domain/accounts/backup.ts';
import { Alert } from '../../shared/Alert.tsx';
import { PassphraseField } from '../../shared/account/PassphraseField.tsx';
import { Button } from '../../shared/Button.tsx';
import { problemMessage } from '../../shared/problem-message.ts';

/** Browsers limit a message to 64 MiB; the largest backup that they can make is smaller. Bytes. */
const MOST = 60_000_000;

const NOT_A_BACKUP: Problem = { kind: 'backup', fault: 'not-a-backup' };

interface Props {
  /** Shows what was added, where this form is gone as soon as there is an account. By default it shows that itself. */
  onRestored?: (sentence: string) => void;
}

export function RestoreBackup({ onRestored }: Props) {
  /** The text of an encrypted file that waits for its passphrase. */
  const [text, setText] = useState<string>();
  const [passphrase, setPassphrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [restored, setRestored] = useState<Restored>();

  const restore = async (text: string, passphrase?: string) => {
    setBusy(true);
    const result = await sendCommand('backup/restore', { text, ...(passphrase && { passphrase }) });
    setBusy(false);
    if (result.ok) {
      setText(undefined);
      setPassphrase('');
      setProblem(undefined);
      onRestored?.(outcome(result.value));
      return setRestored(result.value);
    }
    const { problem } = result;
    const needsPassphrase = problem.kind === 'backup' && problem.fault.startsWith('passphrase');
    setText(needsPassphrase ? text : undefined);
    setProblem(problem.kind === 'backup' && problem.fault === 'passphrase-needed' ? undefined : problem);
  };

  const choose = async () => {
    const file = await chooseFile('.json,application/json');
    if (!file) return;
    setRestored(undefined);
    setText(undefined);
    if (file.size > MOST) return setProblem(NOT_A_BACKUP);
    const content = await file.text().catch(() => undefined); // moved, or not readable
    if (content === undefined) setProblem(NOT_A_BACKUP);
    else await restore(content);
  };

  return (
    <div class="field">
      <div class="row">
        <Button busy={busy} onClick={() => void choose()}>
          {i18n.message('restore')}
        </Button>
      </div>
      <p class="hint">{i18n.message('restoreHint')}</p>
      {text !== undefined && (
        <>
          <PassphraseField
            label={i18n.message('restorePassphrase')}
            value={passphrase}
            onChange={setPassphrase}
            hint={i18n.message('restorePassphraseHint')}
          />
          <div class="row">
            <Button main busy={busy} onClick={() => void restore(text, passphrase)}>
              {i18n.message('restoreDecrypt')}
            </Button>
          </div>
        </>
      )}
      {problem && <Alert>{problemMessage(problem, i18n)}</Alert>}
      <p role="status">
        {busy ? i18n.message('restoreBusy') : restored && !onRestored ? outcome(restored) : ''}
      </p>
    </div>
  );
}

function outcome({ accounts, balances }: Restored): string {
  const added = i18n.message('restoredCounts', String(accounts), balances.toLocaleString(i18n.locale));
  return accounts > 0 ? `${added} ${i18n.message('restoredKeys')}` : added;
}
