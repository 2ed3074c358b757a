// When protected accounts lock automatically. Shown where a passphrase is chosen, and in the settings.

import { useId } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import {
  dropIdlePermission,
  hasIdlePermission,
  reportsScreenLock,
  requestIdlePermission,
} from '../../../browser/idle.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import { LOCK_AFTER, lockMinutes, type Settings } from '../../../domain/accounts/settings.ts';
import { formatMinutes } from '../../../view/texts/format-duration.ts';
import { usePermission } from '../../shared/hooks/use-permission.ts';

/**
 * `close`: only when the browser closes; `screen`: also with the screen, where the browser reports that; otherwise also after that
 * many minutes away.
 */
const CHOICES = ['close', 'screen', ...LOCK_AFTER.filter((minutes) => minutes > 0).map(String)];

export function AutoLockField({ settings }: { settings: Settings }) {
  const id = useId();
  const granted = usePermission(hasIdlePermission);
  const { restWhenAway } = settings;
  const withScreen = reportsScreenLock();
  // Without the permission, nothing locks but the end of the browser, whatever was chosen.
  const minutes = granted ? lockMinutes(settings, withScreen) : 0;
  const choose = async (choice: string) => {
    // Without the idle permission the setting would have no effect. Requested directly in the
    // click handler, before anything is awaited.
    const kept = choice !== 'close' && (await requestIdlePermission());
    if (choice === 'close' && !restWhenAway) await dropIdlePermission();
    const minutes = LOCK_AFTER.find((each) => String(each) === choice);
    await sendCommand('settings/change', { lockAfterMinutes: (kept && minutes) || 0 });
  };
  return (
    <div class="field">
      <label for={id}>{i18n.message('lockAfter')}</label>
      <select
        id={id}
        aria-describedby={`${id}-hint`}
        value={minutes > 0 ? String(minutes) : granted && withScreen ? 'screen' : 'close'}
        onChange={({ currentTarget }) => void choose(currentTarget.value)}
      >
        {CHOICES.filter((choice) => withScreen || choice !== 'screen').map((choice) => (
          <option
            key={choice}
            value={choice}
            disabled={withScreen && choice === 'close' && granted === true && restWhenAway}
          >
            {choiceName(choice, withScreen)}
          </option>
        ))}
      </select>
      <p class="hint" id={`${id}-hint`}>
        {i18n.message('lockAfterHint')}
      </p>
    </div>
  );
}

function choiceName(choice: string, withScreen: boolean): string {
  if (choice === 'close') return i18n.message('lockOnClose');
  if (choice === 'screen') return i18n.message('lockWithScreen');
  const time = formatMinutes(Number(choice), i18n.locale);
  return i18n.message(withScreen ? 'lockWhenAway' : 'lockAfterTime', time);
}
