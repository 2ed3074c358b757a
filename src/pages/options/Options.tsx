// The options page: without an account, connecting one; then a rail of sections, one of which is open.

import { useState } from 'preact/hooks';
import { i18n } from '../../browser/i18n.ts';
import { isOnToolbar, watchToolbar } from '../../browser/toolbar-pin.ts';
import { accountData, isLocked, type ReadyState, type State } from '../../domain/accounts/state.ts';
import { accountName, displayedAccount, displayedSnapshot } from '../../view/displayed-account.ts';
import type { MessageKey } from '../../view/texts/translate.ts';
import { StorageError } from '../shared/account/StorageError.tsx';
import { Button } from '../shared/Button.tsx';
import { Hidden } from '../shared/hooks/use-money.ts';
import { useStoredState } from '../shared/hooks/use-stored-state.ts';
import { useWatched } from '../shared/hooks/use-watched.ts';
import { AccountCard } from './accounts/AccountCard.tsx';
import { SettingsUnreadable } from './accounts/SettingsUnreadable.tsx';
import { StartOver } from './accounts/StartOver.tsx';
import { AlertsSection } from './alerts/AlertsSection.tsx';
import { BadgeFigureChoice } from './badge/BadgeFigureChoice.tsx';
import { BadgeSettings } from './badge/BadgeSettings.tsx';
import { ConnectForm } from './connect/ConnectForm.tsx';
import { ConnectedCard } from './connect/connected/ConnectedCard.tsx';
import { PinReminder } from './connect/connected/PinReminder.tsx';
import { GenerateKeyForm } from './connect/generate/GenerateKeyForm.tsx';
import { PendingKeyCard } from './connect/generate/PendingKey.tsx';
import type { Saved } from './connect/use-connect.ts';
import { DataSection } from './data/DataSection.tsx';
import { RestoreBackup } from './data/RestoreBackup.tsx';
import { HelpSection } from './help/HelpSection.tsx';
import { PrivacySettings } from './privacy/PrivacySettings.tsx';
import { Rail, useOpenSection } from './rail/Rail.tsx';
import { Section } from './Section.tsx';

/** The open form: for a new account, or for a new key of an account. */
type Form = { for: 'new' } | { for: 'pair' } | { for: 'key'; of: string };

export function Options({ stored }: { stored: State }) {
  const state = useStoredState(stored);
  const [statusText, setStatusText] = useState('');
  if (state.kind === 'ready') {
    return (
      <Hidden.Provider value={state.settings.hideAmounts}>
        <Sections state={state} statusText={statusText} setStatusText={setStatusText} />
      </Hidden.Provider>
    );
  }
  if (state.readFailed) return <StorageError readFailed />;
  return <StartOver onDone={() => setStatusText(i18n.message('startedOver'))} />;
}

interface SectionsProps {
  state: ReadyState;
  /** A confirmation of the latest action. */
  statusText: string;
  setStatusText: (sentence: string) => void;
}

function Sections({ state, statusText, setStatusText }: SectionsProps) {
  const { accounts, settings } = state;
  const onToolbar = useWatched(isOnToolbar, watchToolbar);
  const section = useOpenSection();
  const [opened, setOpened] = useState<Form>();
  /** The account that was just connected. */
  const [connected, setConnected] = useState<string>();
  const form = opened ?? (accounts.length === 0 && !state.pending ? ({ for: 'new' } as const) : undefined);
  const replaced = form?.for === 'key' ? accounts.find(({ id }) => id === form.of) : undefined;

  const open = (next: Form | undefined) => {
    setStatusText('');
    setConnected(undefined);
    setOpened(next);
  };
  const done = (sentence: string) => {
    setOpened(undefined);
    setStatusText(sentence);
  };

  /** Whether an account was connected before: a restored one has no key yet. */
  const hasOther = accounts.some(({ id }) => accountData(state, id).snapshot.outcome?.kind !== 'key-missing');
  const hasAccount = accounts.length > 0;
  const onSaved = ({ accountId, unchecked }: Saved) => {
    setConnected(replaced ? undefined : accountId);
    done(i18n.message(savedSentence({ unchecked, replaced: replaced !== undefined, hasOther, onToolbar })));
  };
  const card = accounts.find(({ id }) => id === connected);

  const accountSections = (
    <>
      {card && (
        <ConnectedCard
          key={card.id}
          snapshot={displayedSnapshot(state, card.id)}
          onToolbar={onToolbar}
          onDone={() => setConnected(undefined)}
        >
          <BadgeFigureChoice
            name="first-badge"
            settings={settings}
            shown={displayedAccount(state, card.id, i18n)}
          />
        </ConnectedCard>
      )}
      {accounts.map((account) => (
        <AccountCard
          key={account.id}
          account={account}
          name={accountName(account, accounts, i18n)}
          snapshot={displayedSnapshot(state, account.id)}
          locked={isLocked(state, account)}
          settings={settings}
          onReplace={() => open({ for: 'key', of: account.id })}
          onForgotten={(complete) => done(i18n.message(complete ? 'forgotten' : 'problemNotDeleted'))}
        />
      ))}
      {hasAccount && !form && (
        <div class="row">
          <Button onClick={() => open({ for: 'new' })}>{i18n.message('addAccount')}</Button>
        </div>
      )}
      {form?.for === 'pair' && !state.pending && (
        <GenerateKeyForm settings={settings} onCancel={() => open(undefined)} />
      )}
      {state.pending && (
        <PendingKeyCard
          pending={state.pending}
          locked={isLocked(state, state.pending)}
          onConnected={(accountId) => onSaved({ accountId, unchecked: false })}
          onDiscarded={() => done(i18n.message('discarded'))}
        />
      )}
      {(form?.for === 'new' || form?.for === 'key') && (
        <ConnectForm
          key={replaced?.id ?? 'new'}
          replaces={replaced}
          settings={settings}
          onSaved={onSaved}
          {...(hasAccount && { onCancel: () => open(undefined) })}
          {...(form.for === 'new' && !state.pending && { onCreatePair: () => open({ for: 'pair' }) })}
        />
      )}
    </>
  );

  return (
    <>
      <header>
        <img src="/icons/brand-48.png" width="40" height="40" alt="" />
        <div>
          <h1>{i18n.message('optionsHeading')}</h1>
          <p>{i18n.message('cannotTrade')}</p>
        </div>
      </header>
      {hasAccount && !card && <PinReminder onToolbar={onToolbar} />}
      <p role="status" class={statusText ? 'news' : ''}>
        {statusText}
      </p>
      {!state.settingsReadable && <SettingsUnreadable />}
      {hasAccount ? (
        <div class="layout">
          <Rail open={section} />
          <div class="opened">
            <div class="opened" hidden={section !== 'accounts'}>
              {accountSections}
            </div>
            {section === 'badge' && <BadgeSettings state={state} />}
            {section === 'alerts' && <AlertsSection state={state} />}
            {section === 'privacy' && (
              <PrivacySettings
                settings={settings}
                canLock={accounts.some(({ protection }) => protection === 'passphrase')}
              />
            )}
            {section === 'data' && <DataSection state={state} />}
            {section === 'help' && <HelpSection />}
          </div>
        </div>
      ) : (
        <>
          {accountSections}
          <Section icon="data" title={i18n.message('backupHeading')}>
            <RestoreBackup onRestored={setStatusText} />
          </Section>
        </>
      )}
    </>
  );
}

/** What is true after a key was saved. */
function savedSentence(after: {
  unchecked: boolean;
  replaced: boolean;
  hasOther: boolean;
  onToolbar: boolean | undefined;
}): MessageKey {
  if (after.unchecked) return 'savedUnchecked';
  if (after.replaced) return 'savedReplaced';
  if (after.hasOther) return 'savedAnother';
  return after.onToolbar === false ? 'savedHidden' : 'savedHint';
}
