// The results page: what was made or lost by period, by day and by market.

import { useState } from 'preact/hooks';
import { i18n } from '../../browser/i18n.ts';
import { openOptionsPage } from '../../browser/tabs.ts';
import { canReadPortfolio } from '../../domain/accounts/key-scopes.ts';
import { isLocked, type ReadyState, type State } from '../../domain/accounts/state.ts';
import { accountChoices, type DisplayedAccount, displayedAccount } from '../../view/displayed-account.ts';
import { AccountSelect } from '../shared/account/AccountSelect.tsx';
import { LockedAccount } from '../shared/account/LockedAccount.tsx';
import { StorageError } from '../shared/account/StorageError.tsx';
import { Button } from '../shared/Button.tsx';
import { Hidden } from '../shared/hooks/use-money.ts';
import { useStoredState } from '../shared/hooks/use-stored-state.ts';
import { PageHeader } from '../shared/PageHeader.tsx';
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
      <PageHeader hidden={hidden} onOptions={() => void openOptionsPage()}>
        <h1>{i18n.message('resultsTitle')}</h1>
        {shown && choices.length > 1 && (
          <AccountSelect choices={choices} chosen={shown.id} known={state} onChoose={setChoice} />
        )}
      </PageHeader>
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
