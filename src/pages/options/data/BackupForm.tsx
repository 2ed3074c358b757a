// Making a backup, encrypted if the user wants that.

import { useEffect, useState } from 'preact/hooks';
import { downloadText } from '../../../browser/download.ts';
import { i18n } from '../../../browser/i18n.ts';
import type { Account } from '../../../domain/accounts/account.ts';
import { type Installation, isWorthBackup } from '../../../domain/accounts/installation.ts';
import { readOldestSample } from '../../../storage/records/history.ts';
import { openRecordsOf } from '../../../storage/records/open-records.ts';
import {
  NewPassphraseFields,
  NO_PASSPHRASE,
  passphraseProblem,
} from '../../shared/account/NewPassphraseFields.tsx';
import { Button } from '../../shared/Button.tsx';
import { Checkbox } from '../../shared/Checkbox.tsx';
import { useCommand } from '../../shared/hooks/use-command.ts';
import { ProblemAlert } from '../../shared/ProblemAlert.tsx';

interface Props {
  accounts: readonly Account[];
  installation: Installation;
}

export function BackupForm({ accounts, installation }: Props) {
  const [encrypts, setEncrypts] = useState(false);
  const [typed, setTyped] = useState(NO_PASSPHRASE);
  const [statusText, setStatusText] = useState('');
  const { busy, problem, setProblem, send } = useCommand();
  const worth = useIsWorthBackup(accounts);

  const create = async () => {
    setStatusText('');
    const mistyped = encrypts ? passphraseProblem(typed) : undefined;
    if (mistyped) return setProblem(mistyped);
    const result = await send('backup/create', encrypts ? { passphrase: typed.passphrase } : {});
    if (!result.ok) return;
    downloadText(result.value.text, fileName(Date.now()), 'application/json');
    setTyped(NO_PASSPHRASE);
    setStatusText(i18n.message('backupMade'));
  };

  const { backupAt } = installation;
  return (
    <>
      <p class="hint">{i18n.message('backupHint')}</p>
      {backupAt !== null ? (
        <p>{i18n.message('backupLast', new Intl.DateTimeFormat(i18n.locale).format(backupAt))}</p>
      ) : (
        worth && <p class="alert recovers">{i18n.message('backupNone')}</p>
      )}
      <Checkbox
        id="encrypt-backup"
        label={i18n.message('backupEncrypt')}
        hint={i18n.message('backupEncryptHint')}
        checked={encrypts}
        onChange={setEncrypts}
      />
      {encrypts && (
        <NewPassphraseFields
          label={i18n.message('backupPassphrase')}
          hint={i18n.message('backupPassphraseHint')}
          value={typed}
          onChange={setTyped}
        />
      )}
      <ProblemAlert problem={problem} />
      <div class="row">
        <Button busy={busy} onClick={() => void create()}>
          {i18n.message('backUp')}
        </Button>
      </div>
      <p role="status">{busy ? i18n.message('backupBusy') : statusText}</p>
    </>
  );
}

/** Whether an account has a history that is long enough; its amounts are not read, so it may be locked. */
function useIsWorthBackup(accounts: readonly Account[]): boolean {
  const [worth, setWorth] = useState(false);
  const ids = accounts.map(({ id }) => id).join();
  useEffect(() => {
    void Promise.all(
      ids.split(',').map((id) =>
        openRecordsOf(id)
          .then(readOldestSample)
          .catch(() => undefined),
      ),
    ).then((all) => setWorth(all.some((oldest) => isWorthBackup(oldest, Date.now()))));
  }, [ids]);
  return worth;
}

/** Named by the day, so that backups sort. */
function fileName(now: number): string {
  return `balance-badge-backup-${new Date(now).toISOString().slice(0, 10)}.json`;
}
