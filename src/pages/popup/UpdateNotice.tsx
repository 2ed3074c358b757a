// One line after an update, shown in one opening of the popup.

import { useEffect, useState } from 'preact/hooks';
import { i18n } from '../../browser/i18n.ts';
import { sendCommand } from '../../commands/send-command.ts';

/** @param updatedTo the version of an update that was not seen yet; null otherwise */
export function UpdateNotice({ updatedTo }: { updatedTo: string | null }) {
  /** It stays until this page is closed, although the state says that it was seen. */
  const [version] = useState(updatedTo);
  useEffect(() => {
    if (version !== null && !document.hidden) void sendCommand('update/seen', {});
  }, [version]);
  if (version === null) return null;
  return (
    <p class="notice">
      {i18n.message('updatedTo', version)}{' '}
      <a href="/changelog.txt" target="_blank" rel="noopener">
        {i18n.message('whatsNew')}
      </a>
    </p>
  );
}
