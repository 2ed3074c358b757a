// Which account the popup shows.

import { words } from '../platform/i18n.ts';
import { type Known, shownFor } from '../view/displayed-account.ts';

interface Props {
  choices: readonly string[];
  chosen: string;
  known: Known;
  onChoose: (choice: string) => void;
}

export function Switcher({ choices, chosen, known, onChoose }: Props) {
  return (
    <select
      class="switcher"
      aria-label={words.say('account')}
      value={chosen}
      onChange={({ currentTarget }) => onChoose(currentTarget.value)}
    >
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {shownFor(known, choice, words)?.name}
        </option>
      ))}
    </select>
  );
}
