// Exports the history of each account as CSV, and deletes it.

import { useState } from 'preact/hooks';
import { downloadText } from '../../../browser/download.ts';
import { i18n } from '../../../browser/i18n.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import type { Account } from '../../../domain/accounts/account.ts';
import { TIERS } from '../../../domain/balance/history.ts';
import { readSamples } from '../../../storage/records/history.ts';
import { AccountLocked, openRecordsOf } from '../../../storage/records/open-records.ts';
import { accountName } from '../../../view/displayed-account.ts';
import { csvName } from '../../../view/export/csv.ts';
import { historyCsv } from '../../../view/export/history-csv.ts';
import { Button } from '../../shared/Button.tsx';
import { problemMessage } from '../../shared/problem-message.ts';

export function HistoryExport({ accounts }: { accounts: readonly Account[] }) {
  const [statusText, setStatusText] = useState('');
  const download = async (account: Account) => {
    try {
      const records = await openRecordsOf(account.id);
      const tiers = await Promise.all([...TIERS.keys()].map((tier) => readSamples(records, tier)));
      const names = accounts.map((each) => accountName(each, accounts, i18n));
      downloadText(historyCsv(tiers), csvName(names, accounts.indexOf(account)));
    } catch (error) {
      setStatusText(i18n.message(error instanceof AccountLocked ? 'historyLocked' : 'historyUnreadable'));
    }
  };
  const remove = async (account: Account) => {
    if (!confirm(i18n.message('historyConfirm'))) return;
    const result = await sendCommand('history/delete', { accountId: account.id });
    setStatusText(result.ok ? i18n.message('historyDeleted') : problemMessage(result.problem, i18n));
  };
  return (
    <>
      <p class="hint">{i18n.message('historyHint')}</p>
      {accounts.map((account) => (
        <div class="row" key={account.id}>
          {accounts.length > 1 && <span class="grow">{accountName(account, accounts, i18n)}</span>}
          <Button onClick={() => void download(account)}>{i18n.message('exportCsv')}</Button>
          <Button danger onClick={() => void remove(account)}>
            {i18n.message('deleteHistory')}
          </Button>
        </div>
      ))}
      <p role="status">{statusText}</p>
    </>
  );
}
