// Polling seldom while nobody is at the computer.

import { words } from '../../platform/i18n.ts';
import { askForIdle } from '../../platform/idle.ts';
import { send } from '../../platform/messages.ts';
import type { Settings } from '../../portfolio/settings.ts';
import { Check } from '../../ui/Checkbox.tsx';

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
