// The menu of the popup: other places to look at the balance, and locking.

import type { TargetedKeyboardEvent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import { closePopup, popupView } from '../../../browser/popup-view.ts';
import { openOptionsPage, openPopupAsTab, openResultsPage, openSite } from '../../../browser/tabs.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import type { Environment } from '../../../domain/accounts/account.ts';
import { portfolioUrl } from '../../../view/market-link.ts';
import type { MessageKey } from '../../../view/texts/translate.ts';
import { IconButton } from '../../shared/Button.tsx';
import { Icon } from '../../shared/Icon.tsx';
import { openPanel } from './open-panel.ts';

interface Props {
  /** The ids of the accounts that a passphrase protects and that are unlocked. */
  lockable: readonly string[];
  /** Of the displayed account, whose portfolio is on another site for demo money. */
  environment: Environment;
}

type Item = [name: MessageKey, act: () => Promise<unknown>];

export function Menu({ lockable, environment }: Props) {
  const [open, setOpen] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (open) list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
  }, [open]);

  const lock = () => Promise.all(lockable.map((accountId) => sendCommand('account/lock', { accountId })));
  const close = () => {
    setOpen(false);
    place.current?.querySelector<HTMLElement>('button')?.focus();
  };

  const opening = (name: MessageKey, act: () => Promise<void>): Item => [name, () => act().then(closePopup)];
  const items: Item[] = [
    ...(popupView() === 'panel' ? [] : [opening('openSidePanel', openPanel)]),
    ...(popupView() === 'tab' ? [] : [opening('openAsTab', openPopupAsTab)]),
    opening('resultsTitle', openResultsPage),
    opening('openPortfolio', () => openSite(portfolioUrl(environment))),
    opening('options', openOptionsPage),
    ...(lockable.length > 0 ? [['lock', lock] satisfies Item] : []),
  ];

  return (
    <div
      ref={place}
      class="menu"
      onFocusOut={({ relatedTarget }) => {
        if (!place.current?.contains(relatedTarget as Node | null)) setOpen(false);
      }}
    >
      <IconButton
        icon={<Icon name="menu" />}
        name={i18n.message('menu')}
        expanded={open}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <div
          ref={list}
          role="menu"
          aria-label={i18n.message('menu')}
          tabIndex={-1}
          onKeyDown={(event) => onMenuKey(event, close)}
        >
          {items.map(([name, act]) => (
            <button
              key={name}
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                close();
                void act();
              }}
            >
              {i18n.message(name)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** The keys of a menu (https://www.w3.org/WAI/ARIA/apg/patterns/menubar/). */
function onMenuKey(event: TargetedKeyboardEvent<HTMLElement>, close: () => void): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const places: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: items.length - 1,
  };
  const next = places[event.key];
  if (next === undefined && event.key !== 'Escape') return;
  event.preventDefault(); // Escape would also close the popup
  if (next === undefined) close();
  else items.at(next % items.length)?.focus();
}
