// Restoring a backup from a file; an encrypted one asks for its passphrase.

import { useState } from 'preact/hooks';
import { chooseFile } from '../../../browser/choose-file.ts';
import { i18n } from '../../../browser/i18n.ts';
import type { Problem } from '../../../commands/problem.ts';
import type { Restored } from '../../../domain/accounts/backup.ts';
import { PassphraseField } from '../../shared/account/PassphraseField.tsx';
import { Button } from '../../shared/Button.tsx';
import { useCommand } from '../../shared/hooks/use-command.ts';
import { ProblemAlert } from '../../shared/ProblemAlert.tsx';

/** Browsers limit a message to 64 MiB; the largest backup that they can make is smaller. */
const MAX_BYTES = 60_000_000;

const NOT_A_BACKUP: Problem = { kind: 'backup', fault: 'not-a-backup' };

interface Props {
  /** Shows what was added, where this form is gone as soon as there is an account. By default it shows that itself. */
  onRestored?: (sentence: string) => void;
}

export function RestoreBackup({ onRestored }: Props) {
  /** The text of an encrypted file that waits for its passphrase. */
  const [text, setText] = useState<string>();
  const [passphrase, setPassphrase] = useState('');
  const { busy, problem, setProblem, send } = useCommand();
  const [restored, setRestored] = useState<Restored>();

  const restore = async (text: string, passphrase?: string) => {
    const result = await send('backup/restore', { text, ...(passphrase && { passphrase }) });
    if (result.ok) {
      setText(undefined);
      setPassphrase('');
      onRestored?.(restoredText(result.value));
      return setRestored(result.value);
    }
    const fault = result.problem.kind === 'backup' ? result.problem.fault : undefined;
    setText(fault?.startsWith('passphrase') ? text : undefined);
  };

  const choose = async () => {
    const file = await chooseFile('.json,application/json');
    if (!file) return;
    setRestored(undefined);
    setText(undefined);
    if (file.size > MAX_BYTES) return setProblem(NOT_A_BACKUP);
    const content = await file.text().catch(() => undefined); // moved, or not readable
    if (content === undefined) setProblem(NOT_A_BACKUP);
    else await restore(content);
  };

  const asksPassphrase = problem?.kind === 'backup' && problem.fault === 'passphrase-needed';

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
      {!asksPassphrase && <ProblemAlert problem={problem} />}
      <p role="status">
        {busy ? i18n.message('restoreBusy') : restored && !onRestored ? restoredText(restored) : ''}
      </p>
    </div>
  );
}

function restoredText({ accounts, balances }: Restored): string {
  const added = i18n.message('restoredCounts', String(accounts), balances.toLocaleString(i18n.locale));
  return accounts > 0 ? `${added} ${i18n.message('restoredKeys')}` : added;
}
