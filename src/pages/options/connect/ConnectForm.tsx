// Connecting a key: enter, check, save. The key text is removed from the form when Kalshi has accepted the key, and from
// the page's memory when it is saved, or after five minutes.

import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import type { CheckedKey, KeyDraft, SaveChoices } from '../../../commands/commands.ts';
import type { Problem } from '../../../commands/problem.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import type { Account, Environment } from '../../../domain/accounts/account.ts';
import type { Settings } from '../../../domain/accounts/settings.ts';
import { MINUTE_MS } from '../../../domain/durations.ts';
import { OUTCOMES } from '../../../domain/polling/outcome.ts';
import { Alert } from '../../shared/Alert.tsx';
import { Button } from '../../shared/Button.tsx';
import { useHostPermission } from '../../shared/hooks/use-permission.ts';
import { problemMessage } from '../../shared/problem-message.ts';
import { Section } from '../Section.tsx';
import { CheckResult } from './CheckResult.tsx';
import { ConnectStep, ConnectSteps } from './ConnectSteps.tsx';
import { CreateAtKalshi } from './CreateAtKalshi.tsx';
import { KeyIdField } from './KeyIdField.tsx';
import { PrivateKeyField, type PrivateKeyValue } from './PrivateKeyField.tsx';
import { SaveKeyForm } from './SaveKeyForm.tsx';

interface Props {
  /** The account whose key is replaced. */
  replaces?: Account | undefined;
  settings: Settings;
  onSaved: (unchecked: boolean) => void;
  onCancel?: () => void;
  /** Opens the form that generates a key pair. */
  onCreatePair?: () => void;
}

type Progress =
  | { at: 'editing'; problem?: Problem; expired?: true }
  | { at: 'checking' }
  /** `draft` is held in memory only; the form is empty again. */
  | { at: 'checked'; draft: KeyDraft; key: CheckedKey; problem?: Problem };

const NO_KEY: PrivateKeyValue = { text: '', file: '' };

/** How long the text of a checked key is kept in the page's memory. Milliseconds. */
const DRAFT_LIFETIME_MS = 5 * MINUTE_MS;

export function ConnectForm({ replaces, settings, onSaved, onCancel, onCreatePair }: Props) {
  const [environment, setEnvironment] = useState<Environment>(replaces?.environment ?? 'production');
  const [keyId, setKeyId] = useState('');
  const [key, setKey] = useState(NO_KEY);
  const [progress, setProgress] = useState<Progress>({ at: 'editing' });
  const [saving, setSaving] = useState(false);
  const [lastChoices, setLastChoices] = useState<SaveChoices>();
  /** Incremented with every change: the result of a check of earlier input is ignored. */
  const state = useRef(0);
  const withAccess = useHostPermission(environment);
  const problem = progress.at === 'checking' ? undefined : progress.problem;

  const form: KeyDraft = { environment, keyId, privateKey: key.text };
  const unchecked = problem !== undefined && isSavable(problem);

  const holdsDraft = progress.at === 'checked' && !saving;
  useEffect(() => {
    if (!holdsDraft) return;
    const timer = setTimeout(() => setProgress({ at: 'editing', expired: true }), DRAFT_LIFETIME_MS);
    return () => clearTimeout(timer);
  }, [holdsDraft]);

  /** The checked key, or the one in the form if none was checked. */
  const draft = progress.at === 'checked' ? progress.draft : form;

  const check = async () => {
    const draft = form;
    const revision = state.current;
    const access = withAccess();
    setProgress({ at: 'checking' });
    await access; // in any case: the background checks the permission itself
    const result = await sendCommand('key/check', draft);
    if (revision !== state.current) return;
    if (!result.ok) return setProgress({ at: 'editing', problem: result.problem });
    setKey(NO_KEY);
    setKeyId(result.value.keyId);
    setProgress({ at: 'checked', draft: { ...draft, keyId: result.value.keyId }, key: result.value });
  };

  const save = async (draft: KeyDraft, choices: SaveChoices) => {
    setLastChoices(choices);
    const before = progress;
    setSaving(true);
    const result = await sendCommand('key/save', { ...draft, ...choices, replaces: replaces?.id });
    setSaving(false);
    if (result.ok) return onSaved(choices.allowUnchecked);
    const { problem } = result;
    if (before.at !== 'checked') return setProgress({ at: 'editing', problem });
    // The scopes that saving found apply from now on: the user has to consent to them.
    const { scopes } = problem.kind === 'can-act' ? problem : before.key;
    setProgress({ ...before, key: { ...before.key, scopes }, problem });
  };

  const changed = () => {
    state.current++;
    setProgress({ at: 'editing' });
  };

  const canSave = unchecked || progress.at === 'checked';

  return (
    <Section icon="key" title={i18n.message(replaces ? 'replaceKey' : 'connectHeading')}>
      <ConnectSteps>
        <ConnectStep title={i18n.message('stepMake')} state={canSave ? 'done' : 'current'}>
          <CreateAtKalshi
            environment={environment}
            onEnvironment={(chosen) => {
              setEnvironment(chosen);
              changed();
            }}
            onCreatePair={onCreatePair}
          />
        </ConnectStep>
        <ConnectStep title={i18n.message('stepEnter')} state={canSave ? 'done' : 'current'}>
          <KeyIdField
            value={keyId}
            onChange={(value) => {
              setKeyId(value);
              changed();
            }}
          />
          <PrivateKeyField
            value={key}
            onChange={(value) => {
              setKey(value);
              changed();
            }}
          />
          <div class="row">
            <Button
              main={progress.at !== 'checked'}
              busy={progress.at === 'checking' || saving}
              onClick={() => void check()}
            >
              {i18n.message('checkKey')}
            </Button>
            {onCancel && <Button onClick={onCancel}>{i18n.message('cancel')}</Button>}
          </div>
          <p role="status" hidden={progress.at !== 'checking' && !saving}>
            {(progress.at === 'checking' || saving) && i18n.message('checking')}
          </p>
          {progress.at === 'editing' && progress.expired && (
            <Alert recovers>{i18n.message('draftExpired')}</Alert>
          )}
          {problem && (
            <Alert recovers={unchecked}>
              {problemMessage(problem, i18n)}
              {unchecked && <span>{i18n.message('saveUncheckedHint')}</span>}
              {problem.kind === 'other-member' && lastChoices && (
                <>
                  <Button onClick={() => void save(draft, { ...lastChoices, history: 'keep' })}>
                    {i18n.message('sameMember')}
                  </Button>
                  <Button onClick={() => void save(draft, { ...lastChoices, history: 'new' })}>
                    {i18n.message('newMember')}
                  </Button>
                </>
              )}
            </Alert>
          )}
        </ConnectStep>
        <ConnectStep title={i18n.message('stepSave')} state={canSave ? 'current' : 'waiting'}>
          {canSave ? (
            <SaveKeyForm
              scopes={progress.at === 'checked' ? progress.key.scopes : null}
              unchecked={unchecked}
              busy={saving}
              settings={settings}
              onSave={(choices) => void save(draft, choices)}
            >
              {progress.at === 'checked' && <CheckResult checked={progress.key} />}
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
