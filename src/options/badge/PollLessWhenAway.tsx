// Polls less often while the user is away.

import { i18n } from '../../platform/i18n.ts';
import { requestIdlePermission } from '../../platform/idle.ts';
import { sendCommand } from '../../platform/messages.ts';
import type { Settings } from '../../portfolio/settings.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';

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
