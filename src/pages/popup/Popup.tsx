// The popup: the total, what it is made of, its age, and errors.

import { useState } from 'preact/hooks';
import { i18n } from '../../browser/i18n.ts';
import { closePopup, popupView } from '../../browser/popup-view.ts';
import { openOptionsPage } from '../../browser/tabs.ts';
import { accountData, isLocked, type ReadyState, type State } from '../../domain/accounts/state.ts';
import { accountChoices, type DisplayedAccount, displayedAccount } from '../../view/displayed-account.ts';
import { clockOffsetMessage } from '../../view/texts/outcome-message.ts';
import { AccountSelect } from '../shared/account/AccountSelect.tsx';
import { KeyScopesTag } from '../shared/account/KeyScopesTag.tsx';
import { KeyScopesWarning } from '../shared/account/KeyScopesWarning.tsx';
import { LockedAccount } from '../shared/account/LockedAccount.tsx';
import { StorageError } from '../shared/account/StorageError.tsx';
import { Button } from '../shared/Button.tsx';
import { Hidden } from '../shared/hooks/use-money.ts';
import { useStoredState } from '../shared/hooks/use-stored-state.ts';
import { PageHeader } from '../shared/PageHeader.tsx';
import { AccountView } from './account/AccountView.tsx';
import { Menu } from './menu/Menu.tsx';
import { NotConnected } from './NotConnected.tsx';
import { UpdateNotice } from './UpdateNotice.tsx';

function openOptions(): void {
  void openOptionsPage().then(closePopup);
}

export function Popup({ stored }: { stored: State }) {
  const state = useStoredState(stored);
  if (state.kind === 'ready') return <Accounts state={state} />;
  return (
    <StorageError readFailed={state.readFailed}>
      <Button onClick={openOptions}>{i18n.message('options')}</Button>
    </StorageError>
  );
}

function Accounts({ state }: { state: ReadyState }) {
  const [choice, setChoice] = useState(state.settings.shownAccount);
  const shown = displayedAccount(state, choice, i18n);
  if (!shown) return <NotConnected onConnect={openOptions} />;
  const choices = accountChoices(state);
  const hidden = state.settings.hideAmounts;
  return (
    <Hidden.Provider value={hidden}>
      <PageHeader
        hidden={hidden}
        onOptions={openOptions}
        last={
          <Menu
            environment={shown.environment}
            lockable={state.accounts
              .filter((account) => account.protection === 'passphrase' && !isLocked(state, account))
              .map(({ id }) => id)}
          />
        }
      >
        <div class="who">
          {choices.length > 1 ? (
            <>
              <h1 class="sr">{shown.name}</h1>
              <AccountSelect choices={choices} chosen={shown.id} known={state} onChoose={setChoice} />
            </>
          ) : (
            <h1>{shown.name}</h1>
          )}
          {shown.environment === 'demo' && <span class="tag">{i18n.message('demoTag')}</span>}
          {shown.members.map(({ id, scopes }) => (
            <KeyScopesTag key={id} scopes={scopes} />
          ))}
        </div>
      </PageHeader>
      {shown.locked ? (
        <LockedAccount
          accounts={shown.members.filter((account) => isLocked(state, account))}
          all={state.accounts}
        />
      ) : (
        <>
          {shown.members.map((account) => (
            <KeyScopesWarning key={account.id} account={account} />
          ))}
          <AccountView
            key={shown.id}
            shown={shown}
            periodMs={state.settings.periodSeconds * 1000}
            notices={noticesOf(state, shown)}
            onReplaceKey={openOptions}
          />
        </>
      )}
      {popupView() === 'window' && <p class="notice">{i18n.message('panelAfterRestart')}</p>}
      <UpdateNotice updatedTo={state.installation.updatedTo} />
    </Hidden.Provider>
  );
}

/** Notices shown although the balance could be read. */
function noticesOf(state: ReadyState, { members }: DisplayedAccount): string[] {
  const offset = members
    .map(({ id }) => accountData(state, id).backoff.clockOffset)
    .find((offset) => offset !== 0);
  return [
    ...(offset === undefined ? [] : [clockOffsetMessage(offset, i18n)]),
    ...(state.settingsReadable ? [] : [i18n.message('settingsUnreadable')]),
    ...(state.storageFailing.history ? [i18n.message('historyFailing')] : []),
  ];
}
