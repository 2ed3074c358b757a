// Whether the browser shows notifications, and a notification to try it with.

import { i18n } from '../../../browser/i18n.ts';
import { hasNotificationPermission, showNotification } from '../../../browser/notifications.ts';
import { Alert } from '../../shared/Alert.tsx';
import { Button } from '../../shared/Button.tsx';
import { usePermission } from '../../shared/hooks/use-permission.ts';

interface Props {
  /** Whether the browser refused when it was asked. */
  refused: boolean;
  /** Whether any alert is on. */
  isUsed: boolean;
  /** Requests the permission; whether it is granted. */
  allow: () => Promise<boolean>;
}

export function Permission({ refused, isUsed, allow }: Props) {
  const granted = usePermission(hasNotificationPermission);
  const test = async () => {
    if (!(await allow())) return;
    const content = { title: i18n.message('alertTest'), message: i18n.message('alertTestText') };
    await showNotification('test', () => content).catch(() => undefined);
  };
  return (
    <>
      {refused ? (
        <Alert>
          <p>{i18n.message('alertsRefused')}</p>
        </Alert>
      ) : (
        isUsed && granted === false && <p class="hint">{i18n.message('alertsNotAllowed')}</p>
      )}
      <p>
        {granted === false && isUsed && (
          <Button onClick={() => void allow()}>{i18n.message('allowNotifications')}</Button>
        )}{' '}
        <Button onClick={() => void test()}>{i18n.message('alertSendTest')}</Button>
      </p>
    </>
  );
}
