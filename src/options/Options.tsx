// The options page: connect a key once, then choose what the badge shows.

import { useState } from 'preact/hooks';
import { words } from '../platform/i18n.ts';
import type { ReadyState, State } from '../storage/state.ts';
import { Button } from '../ui/Button.tsx';
import { Unreadable } from '../ui/StorageError.tsx';
import { useStored } from '../ui/use-stored-state.ts';
import { nameOf } from '../view/displayed-account.ts';
import { AccountCard } from './accounts/AccountCard.tsx';
import { StartOver } from './accounts/StartOver.tsx';
import { Connect } from './connect/ConnectForm.tsx';
import { Born } from './connect/GenerateKeyForm.tsx';
import { Waiting } from './connect/PendingKey.tsx';
import { Steps } from './connect/WelcomeSteps.tsx';
import { Locking } from './settings/AutoLock.tsx';
import { Diagnostics } from './settings/Diagnostics.tsx';
import { Display } from './settings/DisplaySettings.tsx';
import { History } from './settings/HistoryExport.tsx';
import { Privacy } from './settings/PrivacySettings.tsx';
import { SettingsUnreadable } from './settings/SettingsUnreadable.tsx';

/** Which form is open: for a new account, or for the key of one that is there. */
type Form = { for: 'new' } | { for: 'pair' } | { for: 'key'; of: string };

export function Options({ stored }: { stored: State }) {
  const state = useStored(stored);
  const [news, setNews] = useState('');
  if (state.kind === 'ready') {
    return <Sections state={state} news={news} setNews={setNews} />;
  }
  if (state.readFailed) return <Unreadable readFailed />;
  return <StartOver onDone={() => setNews(words.say('startedOver'))} />;
}

interface SectionsProps {
  state: ReadyState;
  /** What was just done. */
  news: string;
  setNews: (sentence: string) => void;
}

function Sections({ state, news, setNews }: SectionsProps) {
  const { accounts, settings } = state;
  const [opened, setOpened] = useState<Form>();
  /** Whoever came without an account is welcome until this page is closed. */
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
        <h1>{words.say('optionsHeading')}</h1>
        <p>{words.say('cannotTrade')}</p>
      </header>
      {welcoming && <Steps connected={accounts.length > 0} />}
      <p role="status" class={news ? 'news' : ''}>
        {news}
      </p>
      {!state.settingsReadable && <SettingsUnreadable />}
      {accounts.map((account) => (
        <AccountCard
          key={account.id}
          account={account}
          name={nameOf(account, accounts, words)}
          snapshot={state.snapshotOf(account.id)}
          locked={state.isLocked(account)}
          settings={settings}
          onReplace={() => open({ for: 'key', of: account.id })}
          onForgotten={() => done(words.say('forgotten'))}
        />
      ))}
      {accounts.length > 0 && !form && (
        <div class="row">
          <Button onClick={() => open({ for: 'new' })}>{words.say('addAccount')}</Button>
        </div>
      )}
      {form?.for === 'pair' && !state.pending && (
        <Born settings={settings} onCancel={() => open(undefined)} />
      )}
      {state.pending && (
        <Waiting
          pending={state.pending}
          locked={state.isLocked(state.pending)}
          onConnected={() => done(words.say('savedHint'))}
          onDiscarded={() => done(words.say('forgotten'))}
        />
      )}
      {(form?.for === 'new' || form?.for === 'key') && (
        <Connect
          key={replaced?.id ?? 'new'}
          replaces={replaced}
          settings={settings}
          onSaved={(unchecked) => done(words.say(unchecked ? 'savedUnchecked' : 'savedHint'))}
          {...(accounts.length > 0 && { onCancel: () => open(undefined) })}
          {...(form.for === 'new' && !state.pending && { onCreatePair: () => open({ for: 'pair' }) })}
        />
      )}
      {accounts.some(({ protection }) => protection === 'passphrase') && <Locking settings={settings} />}
      <Display settings={settings} known={state} />
      <Privacy settings={settings} />
      {accounts.length > 0 && <History accounts={accounts} />}
      <Diagnostics />
      <footer>
        <a href="/licences.txt" target="_blank" rel="noopener">
          {words.say('licences')}
        </a>
      </footer>
    </>
  );
}
