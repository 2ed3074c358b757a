// Polling seldom while nobody is at the computer.

import { send } from '../platform/commands.ts';
import { askForIdle } from '../platform/idle.ts';
import { words } from '../platform/words.ts';
import type { Settings } from '../portfolio/settings.ts';

export function Away({ settings }: { settings: Settings }) {
  const choose = async (wanted: boolean) => {
    // Without the browser's word on who is there, the choice would be a promise that nobody keeps.
    const restWhenAway = wanted && (await askForIdle());
    await send('settings/change', { restWhenAway });
  };
  return (
    <div class="choice">
      <input
        type="checkbox"
        id="rest-when-away"
        aria-describedby="rest-when-away-hint"
        checked={settings.restWhenAway}
        onChange={({ currentTarget }) => {
          const { checked } = currentTarget;
          currentTarget.checked = settings.restWhenAway; // shows what is stored; the answer to the question comes later
          void choose(checked);
        }}
      />
      <label for="rest-when-away">{words.say('restWhenAway')}</label>
      <span class="hint" id="rest-when-away-hint">
        {words.say('restWhenAwayHint')}
      </span>
    </div>
  );
}
