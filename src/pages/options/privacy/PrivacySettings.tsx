// Hiding amounts everywhere, and when accounts lock.

import { i18n } from '../../../browser/i18n.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import type { Settings } from '../../../domain/accounts/settings.ts';
import { Checkbox } from '../../shared/Checkbox.tsx';
import { Section } from '../Section.tsx';
import { AutoLockField } from './AutoLock.tsx';

interface Props {
  settings: Settings;
  /** Whether an account has a passphrase: only then something can lock. */
  canLock: boolean;
}

export function PrivacySettings({ settings, canLock }: Props) {
  return (
    <Section icon="privacy" title={i18n.message('privacyHeading')}>
      <Checkbox
        id="hide-amounts"
        label={i18n.message('hideAmounts')}
        hint={i18n.message('hideAmountsHint')}
        checked={settings.hideAmounts}
        onChange={(hideAmounts) => void sendCommand('settings/change', { hideAmounts })}
      />
      {canLock && <AutoLockField settings={settings} />}
    </Section>
  );
}
