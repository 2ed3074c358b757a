// Connecting a key: create it at Kalshi, enter it, save it. What is entered is checked as soon as it is complete.

import { i18n } from '../../../browser/i18n.ts';
import type { Problem } from '../../../commands/problem.ts';
import type { Account } from '../../../domain/accounts/account.ts';
import type { Settings } from '../../../domain/accounts/settings.ts';
import { OUTCOMES } from '../../../domain/polling/outcome.ts';
import { Alert } from '../../shared/Alert.tsx';
import { Button } from '../../shared/Button.tsx';
import { Section } from '../Section.tsx';
import { CheckResult } from './CheckResult.tsx';
import { ConnectProblem } from './ConnectProblem.tsx';
import { ConnectStep, ConnectSteps } from './ConnectSteps.tsx';
import { CreateAtKalshi } from './key-input/CreateAtKalshi.tsx';
import { KeyIdField } from './key-input/KeyIdField.tsx';
import { PrivateKeyField } from './key-input/PrivateKeyField.tsx';
import { MoreWays } from './MoreWays.tsx';
import { SaveKeyForm } from './SaveKeyForm.tsx';
import { type Saved, useConnect } from './use-connect.ts';

interface Props {
  /** The account whose key is replaced. */
  replaces?: Account | undefined;
  settings: Settings;
  onSaved: (saved: Saved) => void;
  onCancel?: () => void;
  /** Opens the form that generates a key pair. */
  onCreatePair?: () => void;
}

export function ConnectForm({ replaces, settings, onSaved, onCancel, onCreatePair }: Props) {
  const form = useConnect(replaces, onSaved);
  const { fields, found, progress, saving, lastChoices, edit } = form;
  const checked = progress.at === 'checked' ? progress.key : undefined;
  const problem = progress.at === 'checking' ? undefined : progress.problem;
  const unchecked = problem !== undefined && isSavable(problem);
  const canSave = unchecked || checked !== undefined;
  const busy = progress.at === 'checking' || saving;
  const hasKey = fields.key.text !== '';

  return (
    <Section icon="key" title={i18n.message(replaces ? 'replaceKey' : 'connectHeading')}>
      <ConnectSteps>
        <ConnectStep title={i18n.message('stepMake')} state={hasKey || canSave ? 'done' : 'current'}>
          {!checked && <CreateAtKalshi environment={fields.environment} first={!hasKey && !canSave} />}
        </ConnectStep>
        <ConnectStep title={i18n.message('stepEnter')} state={canSave ? 'done' : 'current'}>
          <PrivateKeyField value={fields.key} onChange={form.takeKey} onEntered={form.checkIfComplete} />
          <KeyIdField
            value={fields.keyId}
            hint={i18n.message(found ? 'keyIdFound' : hasKey && !fields.keyId ? 'keyIdNext' : 'keyIdHint')}
            onChange={(keyId) => edit({ keyId })}
            onEntered={form.takeKeyId}
          />
          <div class="row">
            <Button main={hasKey && !canSave} busy={busy} onClick={() => void form.check()}>
              {i18n.message('checkKey')}
            </Button>
            {onCancel && <Button onClick={onCancel}>{i18n.message('cancel')}</Button>}
          </div>
          <p role="status" hidden={!busy}>
            {busy && i18n.message('checking')}
          </p>
          {progress.at === 'editing' && progress.expired && (
            <Alert recovers>{i18n.message('draftExpired')}</Alert>
          )}
          {problem && (
            <ConnectProblem
              problem={problem}
              savable={unchecked}
              lastChoices={lastChoices}
              onSave={(choices) => void form.save(choices)}
            />
          )}
        </ConnectStep>
        {canSave && (
          <ConnectStep title={i18n.message('stepSave')} state="current">
            <SaveKeyForm
              scopes={checked ? checked.scopes : null}
              unchecked={unchecked}
              busy={saving}
              settings={settings}
              onSave={(choices) => void form.save(choices)}
            >
              {checked && <CheckResult checked={checked} />}
            </SaveKeyForm>
          </ConnectStep>
        )}
      </ConnectSteps>
      {!checked && (
        <MoreWays
          environment={fields.environment}
          onEnvironment={(environment) => edit({ environment })}
          onCreatePair={onCreatePair}
        />
      )}
    </Section>
  );
}

/** Whether the problem does not concern the key, because Kalshi could not be reached. */
function isSavable(problem: Problem): boolean {
  return problem.kind === 'exchange' && OUTCOMES[problem.failure.kind].savable;
}
