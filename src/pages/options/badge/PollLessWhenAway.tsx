// Polls less often while the user is away.

import { i18n } from '../../../browser/i18n.ts';
import { requestIdlePermission } from '../../../browser/idle.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import type { Settings } from '../../../domain/accounts/settings.ts';
import { Checkbox } from '../../shared/Checkbox.tsx';

export function PollLessWhenAway({ settings }: { settings: Settings }) {
  const choose = async (wanted: boolean) => {
    // Without the idle permission the setting would have no effect.
    const restWhenAway = wanted && (await requestIdlePermission());
    await sendCommand('settings/change', { restWhenAway });
  };
  return (
    <Checkbox
      id="rest-when-away"
      label={i18n.message('restWhenAway')}
      hint={i18n.message('restWhenAwayHint')}
      checked={settings.restWhenAway}
      onChange={(wanted) => void choose(wanted)}
    />
  );
}
