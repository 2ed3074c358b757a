// Settings that cannot be read, while the accounts can: they stay as they are until the user resets them.

import { words } from '../../platform/i18n.ts';
import { send } from '../../platform/messages.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';

export function SettingsUnreadable() {
  return (
    <Alert>
      {words.say('settingsUnreadable')}
      <Button onClick={() => void send('settings/reset', {})}>{words.say('resetSettings')}</Button>
    </Alert>
  );
}
