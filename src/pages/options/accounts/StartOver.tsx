// Starts over when stored data cannot be read.

import { useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import type { Problem } from '../../../commands/problem.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import { StorageError } from '../../shared/account/StorageError.tsx';
import { Button } from '../../shared/Button.tsx';
import { problemMessage } from '../../shared/problem-message.ts';

export function StartOver({ onDone }: { onDone: () => void }) {
  const [problem, setProblem] = useState<Problem>();
  const deleteAllData = async () => {
    if (!confirm(i18n.message('startOverConfirm'))) return;
    const result = await sendCommand('storage/reset', {});
    if (result.ok) onDone();
    else setProblem(result.problem);
  };
  return (
    <StorageError readFailed={false}>
      <Button onClick={() => void deleteAllData()}>{i18n.message('startOver')}</Button>
      {problem && <span>{problemMessage(problem, i18n)}</span>}
    </StorageError>
  );
}
