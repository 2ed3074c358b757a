// What an account is called. What is being typed is kept here: the page is drawn anew with every poll.

import { useState } from 'preact/hooks';
import { words } from '../../platform/i18n.ts';
import { send } from '../../platform/messages.ts';
import { type Account, MAX_LABEL } from '../../portfolio/account.ts';

export function Label({ account: { id, label } }: { account: Account }) {
  const [typed, setTyped] = useState(label);
  return (
    <div class="field">
      <label for={`label-${id}`}>{words.say('label')}</label>
      <input
        id={`label-${id}`}
        type="text"
        maxLength={MAX_LABEL}
        autocomplete="off"
        value={typed}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        onChange={() => void send('account/rename', { accountId: id, label: typed })}
      />
    </div>
  );
}
