// Hiding amounts, everywhere at once.

import { send } from '../platform/commands.ts';
import { words } from '../platform/words.ts';
import type { Settings } from '../portfolio/settings.ts';

export function Privacy({ settings }: { settings: Settings }) {
  return (
    <section class="section">
      <h2>{words.say('privacyHeading')}</h2>
      <div class="choice">
        <input
          type="checkbox"
          id="hide-amounts"
          aria-describedby="hide-amounts-hint"
          checked={settings.hideAmounts}
          onChange={({ currentTarget }) =>
            void send('settings/change', { hideAmounts: currentTarget.checked })
          }
        />
        <label for="hide-amounts">{words.say('hideAmounts')}</label>
        <span class="hint" id="hide-amounts-hint">
          {words.say('hideAmountsHint')}
        </span>
      </div>
    </section>
  );
}
