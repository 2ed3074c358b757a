// Polling seldom while nobody is at the computer.

import { send } from '../platform/commands.ts';
import { askForIdle } from '../platform/idle.ts';
import { words } from '../platform/words.ts';
import type { Settings } from '../portfolio/settings.ts';
import { Check } from './Check.tsx';

export function Away({ settings }: { settings: Settings }) {
  const choose = async (wanted: boolean) => {
    // Without the browser's word on who is there, the choice would be a promise that nobody keeps.
    const restWhenAway = wanted && (await askForIdle());
    await send('settings/change', { restWhenAway });
  };
  return (
    <Check
      id="rest-when-away"
      label={words.say('restWhenAway')}
      hint={words.say('restWhenAwayHint')}
      checked={settings.restWhenAway}
      onChange={(wanted) => void choose(wanted)}
    />
  );
}
