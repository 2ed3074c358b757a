// Starts over when stored data cannot be read.

import { useState } from 'preact/hooks';
import { i18n } from '../../platform/i18n.ts';
import { type Problem, sendCommand } from '../../platform/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { problemMessage } from '../../ui/problem-message.ts';
import { StorageError } from '../../ui/StorageError.tsx';

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
