// The results page: what was made or lost by period, by day and by market.

import { useState } from 'preact/hooks';
import { i18n } from '../platform/i18n.ts';
import { sendCommand } from '../platform/messages.ts';
import { openOptionsPage } from '../platform/tabs.ts';
import { canReadPortfolio } from '../portfolio/key-scopes.ts';
import { isLocked, type ReadyState, type State } from '../storage/state.ts';
import { AccountSelect } from '../ui/AccountSelect.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { Hidden } from '../ui/hooks/use-money.ts';
import { useStoredState } from '../ui/hooks/use-stored-state.ts';
import { Icon } from '../ui/Icon.tsx';
import { LockedAccount } from '../ui/LockedAccount.tsx';
import { StorageError } from '../ui/StorageError.tsx';
import { accountChoices, type DisplayedAccount, displayedAccount } from '../view/displayed-account.ts';
import { AccountResults } from './AccountResults.tsx';

export function ResultsPage({ stored }: { stored: State }) {
  const state = useStoredState(stored);
  const options = <Button onClick={() => void openOptionsPage()}>{i18n.message('options')}</Button>;
  if (state.kind === 'unreadable') {
    return <StorageError readFailed={state.readFailed}>{options}</StorageError>;
  }
  return <Accounts state={state} />;
}

function Accounts({ state }: { state: ReadyState }) {
  const [choice, setChoice] = useState(state.settings.shownAccount);
  const shown = displayedAccount(state, choice, i18n);
  const hidden = state.settings.hideAmounts;
  const choices = accountChoices(state);
  return (
    <Hidden.Provider value={hidden}>
      <header>
        <h1>{i18n.message('resultsTitle')}</h1>
        {shown && choices.length > 1 && (
          <AccountSelect choices={choices} chosen={shown.id} known={state} onChoose={setChoice} />
        )}
        <IconButton
          icon={<Icon name={hidden ? 'show' : 'hide'} />}
          name={i18n.message(hidden ? 'showAmounts' : 'hideAmounts')}
          onClick={() => void sendCommand('settings/change', { hideAmounts: !hidden })}
        />
        <IconButton
          icon={<Icon name="options" />}
          name={i18n.message('options')}
          onClick={() => void openOptionsPage()}
        />
      </header>
      {shown ? <Shown shown={shown} state={state} /> : <Notice text={i18n.message('resultsNoAccount')} />}
    </Hidden.Provider>
  );
}

function Shown({ shown, state }: { shown: DisplayedAccount; state: ReadyState }) {
  if (shown.locked) {
    const locked = shown.members.filter((account) => isLocked(state, account));
    return <LockedAccount accounts={locked} all={state.accounts} />;
  }
  if (!shown.members.every(({ scopes }) => canReadPortfolio(scopes))) {
    return <Notice text={i18n.message('resultsScope')} />;
  }
  if (!shown.resultsReadable) return <Notice text={i18n.message('resultsDenied')} />;
  return <AccountResults key={shown.id} shown={shown} accounts={state.accounts} />;
}

function Notice({ text }: { text: string }) {
  return <p class="notice">{text}</p>;
}
