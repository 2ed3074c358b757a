// The last step: the icon on the toolbar. It ticks itself where the browser says whether the icon is there.

import { i18n } from '../../platform/i18n.ts';
import { Alert } from '../../ui/Alert.tsx';

/**
 * Shown while the icon is hidden in the browser's menu.
 * @param onToolbar undefined if the browser does not say so: then only the welcome steps mention it
 */
export function PinReminder({ onToolbar }: { onToolbar: boolean | undefined }) {
  if (onToolbar !== false) return null;
  return (
    <Alert recovers>
      <b>{i18n.message('pinHeading')}</b>
      <p>{i18n.message('pinHint')}</p>
    </Alert>
  );
}
