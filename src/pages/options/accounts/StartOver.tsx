// Offers to delete everything when stored data cannot be read.

import { i18n } from '../../../browser/i18n.ts';
import { StorageError } from '../../shared/account/StorageError.tsx';
import { Button } from '../../shared/Button.tsx';
import { useCommand } from '../../shared/hooks/use-command.ts';
import { problemMessage } from '../../shared/problem-message.ts';

export function StartOver({ onDone }: { onDone: () => void }) {
  const { problem, send } = useCommand();
  const deleteAllData = async () => {
    if (!confirm(i18n.message('startOverConfirm'))) return;
    const result = await send('storage/reset', {});
    if (result.ok) onDone();
  };
  return (
    <StorageError readFailed={false}>
      <Button onClick={() => void deleteAllData()}>{i18n.message('startOver')}</Button>
      {problem && <span>{problemMessage(problem, i18n)}</span>}
    </StorageError>
  );
}
