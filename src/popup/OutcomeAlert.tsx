// What went wrong with the latest poll, and the button that helps.

import { hostPattern } from '../kalshi/hosts.ts';
import { words } from '../platform/i18n.ts';
import { askForAccess } from '../platform/permissions.ts';
import type { Environment } from '../portfolio/account.ts';
import { type Failure, type NextStep, needsUser, OUTCOMES } from '../portfolio/outcome.ts';
import { Alert } from '../ui/Alert.tsx';
import { Button } from '../ui/Button.tsx';
import { explain } from '../view/outcome-message.ts';
import type { MessageKey } from '../view/translate.ts';

const STEP_NAMES: Record<NextStep, MessageKey> = {
  refresh: 'tryNow',
  'replace-key': 'replaceKey',
  'grant-access': 'grantAccess',
};

interface Props {
  failure: Failure;
  environment: Environment;
  onRefresh: () => void;
  onReplaceKey: () => void;
}

export function Trouble({ failure, environment, onRefresh, onReplaceKey }: Props) {
  const { step } = OUTCOMES[failure.kind];
  const act: Record<NextStep, () => void> = {
    refresh: onRefresh,
    'replace-key': onReplaceKey,
    // The browser may close the popup to ask; the background polls as soon as access is granted.
    'grant-access': () => void askForAccess(hostPattern(environment)).then(onRefresh),
  };
  return (
    <div class="trouble">
      <Alert heals={!needsUser(failure)}>
        {explain(failure, words, Date.now())}
        {step && <Button onClick={act[step]}>{words.say(STEP_NAMES[step])}</Button>}
      </Alert>
    </div>
  );
}
