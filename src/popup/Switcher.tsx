// Which account the popup shows.

import { words } from '../platform/words.ts';
import { type Holdings, shownFor } from '../portfolio/shown.ts';

interface Props {
  choices: readonly string[];
  chosen: string;
  holdings: Holdings;
  onChoose: (choice: string) => void;
}

export function Switcher({ choices, chosen, holdings, onChoose }: Props) {
  return (
    <select
      class="switcher"
      aria-label={words.say('account')}
      value={chosen}
      onChange={({ currentTarget }) => onChoose(currentTarget.value)}
    >
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {shownFor(holdings, choice, words)?.name}
        </option>
      ))}
    </select>
  );
}
