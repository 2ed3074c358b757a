// Starting over where what is stored cannot be read.

import { useState } from 'preact/hooks';
import { words } from '../../platform/i18n.ts';
import { type Problem, send } from '../../platform/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { sayProblem } from '../../ui/problem-message.ts';
import { Unreadable } from '../../ui/StorageError.tsx';

export function StartOver({ onDone }: { onDone: () => void }) {
  const [problem, setProblem] = useState<Problem>();
  const startOver = async () => {
    if (!confirm(words.say('startOverConfirm'))) return;
    const result = await send('storage/reset', {});
    if (result.ok) onDone();
    else setProblem(result.problem);
  };
  return (
    <Unreadable readFailed={false}>
      <Button onClick={() => void startOver()}>{words.say('startOver')}</Button>
      {problem && <span>{sayProblem(problem, words)}</span>}
    </Unreadable>
  );
}
