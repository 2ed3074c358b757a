// Hiding amounts, everywhere at once.

import { send } from '../platform/commands.ts';
import { words } from '../platform/words.ts';
import type { Settings } from '../portfolio/settings.ts';
import { Check } from './Check.tsx';

export function Privacy({ settings }: { settings: Settings }) {
  return (
    <section class="section">
      <h2>{words.say('privacyHeading')}</h2>
      <Check
        id="hide-amounts"
        label={words.say('hideAmounts')}
        hint={words.say('hideAmountsHint')}
        checked={settings.hideAmounts}
        onChange={(hideAmounts) => void send('settings/change', { hideAmounts })}
      />
    </section>
  );
}
