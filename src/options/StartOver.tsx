// Starting over where what is stored cannot be read.

import { useState } from 'preact/hooks';
import { type Problem, send } from '../platform/commands.ts';
import { words } from '../platform/words.ts';
import { Button } from '../ui/Button.tsx';
import { sayProblem } from '../ui/problem.ts';
import { Unreadable } from '../ui/Unreadable.tsx';

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
