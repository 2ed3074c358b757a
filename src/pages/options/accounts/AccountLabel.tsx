// The name of an account. Text being typed is kept here, because the page renders again with every poll.

import { useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import { type Account, MAX_LABEL } from '../../../domain/accounts/account.ts';

export function AccountLabel({ account: { id, label } }: { account: Account }) {
  const [typed, setTyped] = useState(label);
  return (
    <div class="field">
      <label for={`label-${id}`}>{i18n.message('label')}</label>
      <input
        id={`label-${id}`}
        type="text"
        maxLength={MAX_LABEL}
        autocomplete="off"
        value={typed}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        onChange={() => void sendCommand('account/rename', { accountId: id, label: typed })}
      />
    </div>
  );
}
