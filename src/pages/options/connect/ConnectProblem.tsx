// The problem of checking or saving a key, with the choices that solve it.

import { i18n } from '../../../browser/i18n.ts';
import type { SaveChoices } from '../../../commands/commands.ts';
import type { Problem } from '../../../commands/problem.ts';
import { checkMessage } from '../../../view/texts/outcome-message.ts';
import { Alert } from '../../shared/Alert.tsx';
import { Button } from '../../shared/Button.tsx';
import { problemMessage } from '../../shared/problem-message.ts';

interface Props {
  problem: Problem;
  /** Whether the key can be saved without a check. */
  savable: boolean;
  /** The choices that the key was to be saved with; undefined before the first attempt. */
  lastChoices: SaveChoices | undefined;
  onSave: (choices: SaveChoices) => void;
}

export function ConnectProblem({ problem, savable, lastChoices, onSave }: Props) {
  return (
    <Alert recovers={savable}>
      {problem.kind === 'exchange'
        ? checkMessage(problem.failure, i18n, Date.now())
        : problemMessage(problem, i18n)}
      {savable && <span>{i18n.message('saveUncheckedHint')}</span>}
      {problem.kind === 'other-member' && lastChoices && (
        <>
          <Button onClick={() => onSave({ ...lastChoices, history: 'keep' })}>
            {i18n.message('sameMember')}
          </Button>
          <Button onClick={() => onSave({ ...lastChoices, history: 'new' })}>
            {i18n.message('newMember')}
          </Button>
        </>
      )}
    </Alert>
  );
}
