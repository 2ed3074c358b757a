// Hiding amounts, everywhere at once.

import { words } from '../../platform/i18n.ts';
import { send } from '../../platform/messages.ts';
import type { Settings } from '../../portfolio/settings.ts';
import { Check } from '../../ui/Checkbox.tsx';

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
