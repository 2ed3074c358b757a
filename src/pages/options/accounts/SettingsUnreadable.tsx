// Shown when the settings cannot be read but the accounts can. They stay as they are until the user resets them.

import { i18n } from '../../../browser/i18n.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import { Alert } from '../../shared/Alert.tsx';
import { Button } from '../../shared/Button.tsx';

export function SettingsUnreadable() {
  return (
    <Alert>
      {i18n.message('settingsUnreadable')}
      <Button onClick={() => void sendCommand('settings/reset', {})}>{i18n.message('resetSettings')}</Button>
    </Alert>
  );
}
