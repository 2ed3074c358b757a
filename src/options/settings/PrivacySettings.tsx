// Hiding amounts, everywhere at once.

import { i18n } from '../../platform/i18n.ts';
import { sendCommand } from '../../platform/messages.ts';
import type { Settings } from '../../portfolio/settings.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';

export function PrivacySettings({ settings }: { settings: Settings }) {
  return (
    <section class="section">
      <h2>{i18n.say('privacyHeading')}</h2>
      <Checkbox
        id="hide-amounts"
        label={i18n.say('hideAmounts')}
        hint={i18n.say('hideAmountsHint')}
        checked={settings.hideAmounts}
        onChange={(hideAmounts) => void sendCommand('settings/change', { hideAmounts })}
      />
    </section>
  );
}
