// The options page: connecting keys, and settings.

import { useState } from 'preact/hooks';
import { i18n } from '../platform/i18n.ts';
import { isLocked, type ReadyState, type State } from '../storage/state.ts';
import { Button } from '../ui/Button.tsx';
import { useStoredState } from '../ui/hooks/use-stored-state.ts';
import { StorageError } from '../ui/StorageError.tsx';
import { accountName, displayedSnapshot } from '../view/displayed-account.ts';
import { AccountCard } from './accounts/AccountCard.tsx';
import { StartOver } from './accounts/StartOver.tsx';
import { AlertsSection } from './alerts/AlertsSection.tsx';
import { ConnectForm } from './connect/ConnectForm.tsx';
import { GenerateKeyForm } from './connect/GenerateKeyForm.tsx';
import { PendingKeyCard } from './connect/PendingKey.tsx';
import { WelcomeSteps } from './connect/WelcomeSteps.tsx';
import { AutoLockSection } from './settings/AutoLock.tsx';
import { Diagnostics } from './settings/Diagnostics.tsx';
import { DisplaySettings } from './settings/DisplaySettings.tsx';
import { HistoryExport } from './settings/HistoryExport.tsx';
import { PrivacySettings } from './settings/PrivacySettings.tsx';
import { SettingsUnreadable } from './settings/SettingsUnreadable.tsx';

/** The open form: for a new account, or for a new key of an account. */
type Form = { for: 'new' } | { for: 'pair' } | { for: 'key'; of: string };

export function Options({ stored }: { stored: State }) {
  const state = useStoredState(stored);
  const [news, setNews] = useState('');
  if (state.kind === 'ready') {
    return <Sections state={state} news={news} setNews={setNews} />;
  }
  if (state.readFailed) return <StorageError readFailed />;
  return <StartOver onDone={() => setNews(i18n.message('startedOver'))} />;
}

interface SectionsProps {
  state: ReadyState;
  /** A confirmation of the latest action. */
  news: string;
  setNews: (sentence: string) => void;
}

function Sections({ state, news, setNews }: SectionsProps) {
  const { accounts, settings } = state;
  const [opened, setOpened] = useState<Form>();
  /** The welcome steps stay until the page is closed, for a user who opened it without an account. */
  const [welcoming] = useState(accounts.length === 0 && !state.pending);
  const form = opened ?? (accounts.length === 0 && !state.pending ? ({ for: 'new' } as const) : undefined);
  const replaced = form?.for === 'key' ? accounts.find(({ id }) => id === form.of) : undefined;

  const open = (next: Form | undefined) => {
    setNews('');
    setOpened(next);
  };
  const done = (sentence: string) => {
    setOpened(undefined);
    setNews(sentence);
  };

  return (
    <>
      <header>
        <h1>{i18n.message('optionsHeading')}</h1>
        <p>{i18n.message('cannotTrade')}</p>
      </header>
      {welcoming && <WelcomeSteps connected={accounts.length > 0} />}
      <p role="status" class={news ? 'news' : ''}>
        {news}
      </p>
      {!state.settingsReadable && <SettingsUnreadable />}
      {accounts.map((account) => (
        <AccountCard
          key={account.id}
          account={account}
          name={accountName(account, accounts, i18n)}
          snapshot={displayedSnapshot(state, account.id)}
          locked={isLocked(state, account)}
          settings={settings}
          onReplace={() => open({ for: 'key', of: account.id })}
          onForgotten={() => done(i18n.message('forgotten'))}
        />
      ))}
      {accounts.length > 0 && !form && (
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
          onConnected={() => done(i18n.message('savedHint'))}
          onDiscarded={() => done(i18n.message('forgotten'))}
        />
      )}
      {(form?.for === 'new' || form?.for === 'key') && (
        <ConnectForm
          key={replaced?.id ?? 'new'}
          replaces={replaced}
          settings={settings}
          onSaved={(unchecked) => done(i18n.message(unchecked ? 'savedUnchecked' : 'savedHint'))}
          {...(accounts.length > 0 && { onCancel: () => open(undefined) })}
          {...(form.for === 'new' && !state.pending && { onCreatePair: () => open({ for: 'pair' }) })}
        />
      )}
      {accounts.some(({ protection }) => protection === 'passphrase') && (
        <AutoLockSection settings={settings} />
      )}
      <DisplaySettings settings={settings} known={state} />
      <PrivacySettings settings={settings} />
      {accounts.length > 0 && <AlertsSection state={state} />}
      {accounts.length > 0 && <HistoryExport accounts={accounts} />}
      <Diagnostics />
      <footer>
        <a href="/licences.txt" target="_blank" rel="noopener">
          {i18n.message('licences')}
        </a>
      </footer>
    </>
  );
}
