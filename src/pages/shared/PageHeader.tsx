// The header of the popup and of the results page: hiding amounts, the options, and what the page adds.

import type { ComponentChildren } from 'preact';
import { i18n } from '../../browser/i18n.ts';
import { sendCommand } from '../../commands/send-command.ts';
import { IconButton } from './Button.tsx';
import { Icon } from './Icon.tsx';

interface Props {
  /** The heading, before the buttons. */
  children: ComponentChildren;
  /** Whether amounts are hidden. */
  hidden: boolean;
  onOptions: () => void;
  /** A button after the others. */
  last?: ComponentChildren;
}

export function PageHeader({ children, hidden, onOptions, last }: Props) {
  return (
    <header>
      {children}
      <IconButton
        icon={<Icon name={hidden ? 'show' : 'hide'} />}
        name={i18n.message(hidden ? 'showAmounts' : 'hideAmounts')}
        onClick={() => void sendCommand('settings/change', { hideAmounts: !hidden })}
      />
      <IconButton icon={<Icon name="options" />} name={i18n.message('options')} onClick={onOptions} />
      {last}
    </header>
  );
}
