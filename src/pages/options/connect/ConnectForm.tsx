// Connecting a key: enter, check, save.

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
import { CreateAtKalshi } from './CreateAtKalshi.tsx';
import { KeyIdField } from './KeyIdField.tsx';
import { PrivateKeyField } from './PrivateKeyField.tsx';
import { SaveKeyForm } from './SaveKeyForm.tsx';
import { useConnect } from './use-connect.ts';

interface Props {
  /** The account whose key is replaced. */
  replaces?: Account | undefined;
  settings: Settings;
  onSaved: (unchecked: boolean) => void;
  onCancel?: () => void;
  /** Opens the form that generates a key pair. */
  onCreatePair?: () => void;
}

export function ConnectForm({ replaces, settings, onSaved, onCancel, onCreatePair }: Props) {
  const { fields, progress, saving, lastChoices, edit, check, save } = useConnect(replaces, onSaved);
  const checked = progress.at === 'checked' ? progress.key : undefined;
  const problem = progress.at === 'checking' ? undefined : progress.problem;
  const unchecked = problem !== undefined && isSavable(problem);
  const canSave = unchecked || checked !== undefined;
  const busy = progress.at === 'checking' || saving;

  return (
    <Section icon="key" title={i18n.message(replaces ? 'replaceKey' : 'connectHeading')}>
      <ConnectSteps>
        <ConnectStep title={i18n.message('stepMake')} state={canSave ? 'done' : 'current'}>
          <CreateAtKalshi
            environment={fields.environment}
            onEnvironment={(environment) => edit({ environment })}
            onCreatePair={onCreatePair}
          />
        </ConnectStep>
        <ConnectStep title={i18n.message('stepEnter')} state={canSave ? 'done' : 'current'}>
          <KeyIdField value={fields.keyId} onChange={(keyId) => edit({ keyId })} />
          <PrivateKeyField value={fields.key} onChange={(key) => edit({ key })} />
          <div class="row">
            <Button main={!checked} busy={busy} onClick={() => void check()}>
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
              onSave={(choices) => void save(choices)}
            />
          )}
        </ConnectStep>
        <ConnectStep title={i18n.message('stepSave')} state={canSave ? 'current' : 'waiting'}>
          {canSave ? (
            <SaveKeyForm
              scopes={checked ? checked.scopes : null}
              unchecked={unchecked}
              busy={saving}
              settings={settings}
              onSave={(choices) => void save(choices)}
            >
              {checked && <CheckResult checked={checked} />}
            </SaveKeyForm>
          ) : (
            <p class="hint">{i18n.message('stepSaveHint')}</p>
          )}
        </ConnectStep>
      </ConnectSteps>
    </Section>
  );
}

/** Whether the problem does not concern the key, because Kalshi could not be reached. */
function isSavable(problem: Problem): boolean {
  return problem.kind === 'exchange' && OUTCOMES[problem.failure.kind].savable;
}
