// The options page: connect a key once, then choose what the badge shows.

import { useState } from 'preact/hooks';
import type { State } from '../platform/state.ts';
import { words } from '../platform/words.ts';
import { useStored } from '../ui/use-stored.ts';
import { AccountCard } from './AccountCard.tsx';
import { Connect } from './Connect.tsx';
import { Display } from './Display.tsx';
import { Locking } from './Locking.tsx';

export function Options({ stored }: { stored: State }) {
  const state = useStored(stored);
  const [replacing, setReplacing] = useState(false);
  const [news, setNews] = useState('');
  const [account] = state.accounts;

  const saved = (unchecked: boolean) => {
    setReplacing(false);
    setNews(words.say(unchecked ? 'savedUnchecked' : 'savedHint'));
  };

  return (
    <>
      <header>
        <h1>{words.say('optionsHeading')}</h1>
        <p>{words.say('cannotTrade')}</p>
      </header>
      <p role="status" class={news ? 'news' : ''}>
        {news}
      </p>
      {account && (
        <AccountCard
          account={account}
          snapshot={state.snapshotOf(account.id)}
          locked={state.isLocked(account)}
          onReplace={() => {
            setNews('');
            setReplacing(true);
          }}
          onForgotten={() => {
            setReplacing(false);
            setNews(words.say('forgotten'));
          }}
        />
      )}
      {(!account || replacing) && (
        <Connect
          key={account?.id ?? 'new'}
          replaces={account}
          onSaved={saved}
          {...(replacing && { onCancel: () => setReplacing(false) })}
        />
      )}
      {account?.protection === 'passphrase' && <Locking settings={state.settings} />}
      <Display settings={state.settings} />
    </>
  );
}
