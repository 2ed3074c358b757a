// What was recorded of each account's past: taking it along as CSV, and deleting it.

import { useState } from 'preact/hooks';
import { words } from '../../platform/i18n.ts';
import { send } from '../../platform/messages.ts';
import type { Account } from '../../portfolio/account.ts';
import { TIERS } from '../../portfolio/history.ts';
import { readSamples } from '../../storage/history-store.ts';
import { AccountLocked, whileUnlocked } from '../../storage/read-unlocked.ts';
import { Button } from '../../ui/Button.tsx';
import { sayProblem } from '../../ui/problem-message.ts';
import { csvOf } from '../../view/csv.ts';
import { nameOf } from '../../view/displayed-account.ts';

export function History({ accounts }: { accounts: Account[] }) {
  const [news, setNews] = useState('');
  const download = async (account: Account) => {
    try {
      const tiers = await whileUnlocked(account.id, (id) =>
        Promise.all([...TIERS.keys()].map((tier) => readSamples(id, tier))),
      );
      save(csvOf(tiers), `kalshi-${account.environment}.csv`);
    } catch (error) {
      setNews(words.say(error instanceof AccountLocked ? 'historyLocked' : 'historyUnreadable'));
    }
  };
  const remove = async (account: Account) => {
    if (!confirm(words.say('historyConfirm'))) return;
    const result = await send('history/delete', { accountId: account.id });
    setNews(result.ok ? words.say('historyDeleted') : sayProblem(result.problem, words));
  };
  return (
    <section class="section">
      <h2>{words.say('historyHeading')}</h2>
      <p class="hint">{words.say('historyHint')}</p>
      {accounts.map((account) => (
        <div class="row" key={account.id}>
          {accounts.length > 1 && <span class="grow">{nameOf(account, accounts, words)}</span>}
          <Button onClick={() => void download(account)}>{words.say('exportCsv')}</Button>
          <Button onClick={() => void remove(account)}>{words.say('deleteHistory')}</Button>
        </div>
      ))}
      <p role="status">{news}</p>
    </section>
  );
}

function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
