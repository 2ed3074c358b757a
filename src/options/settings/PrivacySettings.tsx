// Hides amounts everywhere.

import { i18n } from '../../platform/i18n.ts';
import { sendCommand } from '../../platform/messages.ts';
import type { Settings } from '../../portfolio/settings.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';

export function PrivacySettings({ settings }: { settings: Settings }) {
  return (
    <section class="section">
      <h2>{i18n.message('privacyHeading')}</h2>
      <Checkbox
        id="hide-amounts"
        label={i18n.message('hideAmounts')}
        hint={i18n.message('hideAmountsHint')}
        checked={settings.hideAmounts}
        onChange={(hideAmounts) => void sendCommand('settings/change', { hideAmounts })}
      />
    </section>
  );
}
