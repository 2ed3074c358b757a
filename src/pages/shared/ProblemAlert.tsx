// The problem of a form's last command.

import { i18n } from '../../browser/i18n.ts';
import { Alert } from './Alert.tsx';
import { type FormProblem, problemMessage } from './problem-message.ts';

export function ProblemAlert({ problem }: { problem: FormProblem | undefined }) {
  return problem ? <Alert>{problemMessage(problem, i18n)}</Alert> : null;
}
