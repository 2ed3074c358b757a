// The popup: the figure, what it is made of, how old it is, and what went wrong if anything did.

import { useState } from 'preact/hooks';
import { words } from '../platform/i18n.ts';
import { send } from '../platform/messages.ts';
import { openOptionsPage } from '../platform/tabs.ts';
import type { ReadyState, State } from '../storage/state.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { PowerTag } from '../ui/KeyPowerTag.tsx';
import { GainedPower } from '../ui/KeyPowerWarning.tsx';
import { Unreadable } from '../ui/StorageError.tsx';
import { Hidden } from '../ui/use-money.ts';
import { useStored } from '../ui/use-stored-state.ts';
import { choicesOf, type Shown, shownFor } from '../view/displayed-account.ts';
import { explainOffset } from '../view/outcome-message.ts';
import { Switcher } from './AccountSelect.tsx';
import { AccountView } from './AccountView.tsx';
import { Locked } from './LockedAccount.tsx';
import { Welcome } from './NotConnected.tsx';

function openOptions(): void {
  void openOptionsPage().then(() => window.close());
}

export function Popup({ stored }: { stored: State }) {
  const state = useStored(stored);
  if (state.kind === 'ready') return <Accounts state={state} />;
  return (
    <Unreadable readFailed={state.readFailed}>
      <Button onClick={openOptions}>{words.say('options')}</Button>
    </Unreadable>
  );
}

function Accounts({ state }: { state: ReadyState }) {
  const [choice, setChoice] = useState(state.settings.shownAccount);
  const shown = shownFor(state, choice, words);
  if (!shown) return <Welcome onConnect={openOptions} />;
  const choices = choicesOf(state);
  const hidden = state.settings.hideAmounts;
  return (
    <Hidden.Provider value={hidden}>
      <header>
        <div class="who">
          {choices.length > 1 ? (
            <>
              <h1 class="sr">{shown.name}</h1>
              <Switcher choices={choices} chosen={shown.id} known={state} onChoose={setChoice} />
            </>
          ) : (
            <h1>{shown.name}</h1>
          )}
          {shown.environment === 'demo' && <span class="tag">{words.say('demoTag')}</span>}
          {shown.members.map(({ id, scopes }) => (
            <PowerTag key={id} scopes={scopes} />
          ))}
        </div>
        <IconButton
          icon={<Icon name={hidden ? 'show' : 'hide'} />}
          name={words.say(hidden ? 'showAmounts' : 'hideAmounts')}
          onClick={() => void send('settings/change', { hideAmounts: !hidden })}
        />
        <IconButton icon={<Icon name="options" />} name={words.say('options')} onClick={openOptions} />
      </header>
      {shown.locked ? (
        <Locked accounts={shown.members.filter((account) => state.isLocked(account))} all={state.accounts} />
      ) : (
        <>
          {shown.members.map((account) => (
            <GainedPower key={account.id} account={account} />
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
    </Hidden.Provider>
  );
}

/** What is worth knowing although the balance could be read. */
function noticesOf(state: ReadyState, { members }: Shown): string[] {
  const offset = members.map(({ id }) => state.paceOf(id).clockOffset).find((offset) => offset !== 0);
  return [
    ...(offset === undefined ? [] : [explainOffset(offset, words)]),
    ...(state.settingsReadable ? [] : [words.say('settingsUnreadable')]),
    ...(state.failing.history ? [words.say('historyFailing')] : []),
  ];
}
