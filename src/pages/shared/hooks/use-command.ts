// A hook: sends the commands of a form, and holds whether one is running and the problem of the last one.

import { useState } from 'preact/hooks';
import type { CommandName, Commands } from '../../../commands/commands.ts';
import type { Result } from '../../../commands/problem.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import type { FormProblem } from '../problem-message.ts';

interface CommandState {
  busy: boolean;
  problem: FormProblem | undefined;
  /** Replaces the problem, e.g. with one that the form found before sending. */
  setProblem: (problem: FormProblem | undefined) => void;
  /**
   * Sends a command and sets `busy` and `problem`.
   * @param permission a request that was made in the click handler. The command is sent whatever its answer is: the
   * background checks the permission itself
   */
  send: <Name extends CommandName>(
    name: Name,
    params: Commands[Name]['params'],
    permission?: Promise<unknown>,
  ) => Promise<Result<Commands[Name]['result']>>;
}

export function useCommand(): CommandState {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<FormProblem>();
  const send: CommandState['send'] = async (name, params, permission) => {
    setBusy(true);
    if (permission) await permission;
    const result = await sendCommand(name, params);
    setBusy(false);
    setProblem(result.ok ? undefined : result.problem);
    return result;
  };
  return { busy, problem, setProblem, send };
}
