// A reminder while the icon is hidden in the browser's menu, where the browser says so.

import { i18n } from '../../../../browser/i18n.ts';

/** @param onToolbar undefined if the browser does not say it: then only the welcome steps mention it */
export function PinReminder({ onToolbar }: { onToolbar: boolean | undefined }) {
  if (onToolbar !== false) return null;
  return (
    <div class="alert recovers">
      <b>{i18n.message('pinHeading')}</b>
      <p>{i18n.message('pinHint')}</p>
    </div>
  );
}
