// The popup: the figure, what it is made of, how old it is, and what went wrong if anything did.

import { browser } from '../platform/browser.ts';
import type { State } from '../platform/state.ts';
import { words } from '../platform/words.ts';
import { IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { PowerTag } from '../ui/PowerTag.tsx';
import { Unlock } from '../ui/Unlock.tsx';
import { useStored } from '../ui/use-stored.ts';
import { AccountView } from './AccountView.tsx';
import { Welcome } from './Welcome.tsx';

export function openOptions(): void {
  void browser.runtime.openOptionsPage().then(() => window.close());
}

export function Popup({ stored }: { stored: State }) {
  const state = useStored(stored);
  const [account] = state.accounts;
  if (!account) return <Welcome onConnect={openOptions} />;
  return (
    <>
      <header>
        <div class="who">
          <h1>{account.label || words.say('extensionShortName')}</h1>
          {account.environment === 'demo' && <span class="tag">{words.say('demoTag')}</span>}
          <PowerTag scopes={account.scopes} />
        </div>
        <IconButton icon={<Icon name="options" />} name={words.say('options')} onClick={openOptions} />
      </header>
      {state.isLocked(account) ? (
        <section class="locked">
          <h2>{words.say('locked')}</h2>
          <Unlock accountId={account.id} />
        </section>
      ) : (
        <AccountView
          key={account.id}
          account={account}
          snapshot={state.snapshotOf(account.id)}
          periodMs={state.settings.periodSeconds * 1000}
          onReplaceKey={openOptions}
        />
      )}
    </>
  );
}
