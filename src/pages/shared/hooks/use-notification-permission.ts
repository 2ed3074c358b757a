// A hook: whether notifications are allowed.

import { useEffect, useState } from 'preact/hooks';
import { hasNotificationPermission } from '../../../browser/notifications.ts';
import { watchPermissions } from '../../../browser/permissions.ts';

/** Undefined until that is known. */
export function useNotificationPermission(): boolean | undefined {
  const [granted, setGranted] = useState<boolean>();
  useEffect(() => {
    const check = () => void hasNotificationPermission().then(setGranted);
    check();
    return watchPermissions(check);
  }, []);
  return granted;
}
