// The error of the latest poll, with a button for the next step.

import { i18n } from '../../../browser/i18n.ts';
import { requestHostPermissions } from '../../../browser/permissions.ts';
import type { Environment } from '../../../domain/accounts/account.ts';
import { type Failure, type NextStep, OUTCOMES, requiresAction } from '../../../domain/polling/outcome.ts';
import { hostPatterns } from '../../../kalshi/endpoints.ts';
import { outcomeMessage } from '../../../view/texts/outcome-message.ts';
import type { MessageKey } from '../../../view/texts/translate.ts';
import { Alert } from '../../shared/Alert.tsx';
import { Button } from '../../shared/Button.tsx';

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

export function OutcomeAlert({ failure, environment, onRefresh, onReplaceKey }: Props) {
  const { step } = OUTCOMES[failure.kind];
  const act: Record<NextStep, () => void> = {
    refresh: onRefresh,
    'replace-key': onReplaceKey,
    // The browser may close the popup for its prompt; the background polls as soon as access is granted.
    'grant-access': () => void requestHostPermissions(hostPatterns(environment)).then(onRefresh),
  };
  return (
    <div class="trouble">
      <Alert recovers={!requiresAction(failure)}>
        {outcomeMessage(failure, i18n, Date.now())}
        {step && <Button onClick={act[step]}>{i18n.message(STEP_NAMES[step])}</Button>}
      </Alert>
    </div>
  );
}
