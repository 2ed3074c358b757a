// Selects the account that a page shows.

import { i18n } from '../../../browser/i18n.ts';
import type { ReadyState } from '../../../domain/accounts/state.ts';
import { displayedAccount } from '../../../view/displayed-account.ts';

interface Props {
  choices: readonly string[];
  chosen: string;
  known: ReadyState;
  onChoose: (choice: string) => void;
}

export function AccountSelect({ choices, chosen, known, onChoose }: Props) {
  return (
    <select
      class="switcher"
      aria-label={i18n.message('account')}
      value={chosen}
      onChange={({ currentTarget }) => onChoose(currentTarget.value)}
    >
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {displayedAccount(known, choice, i18n)?.name}
        </option>
      ))}
    </select>
  );
}
