// Connecting a key: fill in, check, save. The text of the key leaves the form as soon as Kalshi has accepted it, and the
// page's memory when it is saved, or five minutes later.

import { useEffect, useRef, useState } from 'preact/hooks';
import { words } from '../../platform/i18n.ts';
import {
  type CheckedKey,
  type KeyDraft,
  type Problem,
  type SaveChoices,
  send,
} from '../../platform/messages.ts';
import { type Account, ENVIRONMENTS, type Environment } from '../../portfolio/account.ts';
import { OUTCOMES } from '../../portfolio/outcome.ts';
import type { Settings } from '../../portfolio/settings.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { sayProblem } from '../../ui/problem-message.ts';
import { Choices } from '../../ui/RadioGroup.tsx';
import { useAccess } from '../../ui/use-host-permission.ts';
import { Checked } from './CheckResult.tsx';
import { KeyIdBox } from './KeyIdField.tsx';
import { KeyText, type KeyTextValue } from './PrivateKeyField.tsx';
import { Keep } from './SaveKeyForm.tsx';

interface Props {
  /** The account whose key is to be replaced. */
  replaces?: Account | undefined;
  settings: Settings;
  onSaved: (unchecked: boolean) => void;
  onCancel?: () => void;
  /** To the form that makes a key pair here. */
  onCreatePair?: () => void;
}

type Progress =
  | { at: 'editing'; problem?: Problem; expired?: true }
  | { at: 'checking' }
  /** `draft` is held in memory only; the form is empty again. */
  | { at: 'checked'; draft: KeyDraft; key: CheckedKey; problem?: Problem };

const NO_KEY: KeyTextValue = { text: '', file: '' };

/** How long the text of a checked key stays in this page's memory. Milliseconds. */
const DRAFT_LIFETIME_MS = 5 * 60_000;

export function Connect({ replaces, settings, onSaved, onCancel, onCreatePair }: Props) {
  const [environment, setEnvironment] = useState<Environment>(replaces?.environment ?? 'production');
  const [keyId, setKeyId] = useState('');
  const [key, setKey] = useState(NO_KEY);
  const [progress, setProgress] = useState<Progress>({ at: 'editing' });
  const [saving, setSaving] = useState(false);
  const [lastChoices, setLastChoices] = useState<SaveChoices>();
  /** Counts up with every change: what a check says of an earlier state of the form is not taken. */
  const state = useRef(0);
  const withAccess = useAccess(environment);
  const problem = progress.at === 'checking' ? undefined : progress.problem;

  const form: KeyDraft = { environment, keyId, privateKey: key.text };
  const unchecked = problem !== undefined && isSavable(problem);

  const holdsDraft = progress.at === 'checked' && !saving;
  useEffect(() => {
    if (!holdsDraft) return;
    const timer = setTimeout(() => setProgress({ at: 'editing', expired: true }), DRAFT_LIFETIME_MS);
    return () => clearTimeout(timer);
  }, [holdsDraft]);

  /** The key that was checked; the one in the form where none was. */
  const draft = progress.at === 'checked' ? progress.draft : form;

  const check = async () => {
    const asked = form;
    const checked = state.current;
    const access = withAccess();
    setProgress({ at: 'checking' });
    await access; // whatever the answer: the background looks for itself, and says so if it may not
    const result = await send('key/check', asked);
    if (checked !== state.current) return;
    if (!result.ok) return setProgress({ at: 'editing', problem: result.problem });
    setKey(NO_KEY);
    setKeyId(result.value.keyId);
    setProgress({ at: 'checked', draft: { ...asked, keyId: result.value.keyId }, key: result.value });
  };

  const save = async (draft: KeyDraft, choices: SaveChoices) => {
    setLastChoices(choices);
    const before = progress;
    setSaving(true);
    const result = await send('key/save', { ...draft, ...choices, replaces: replaces?.id });
    setSaving(false);
    if (result.ok) return onSaved(choices.evenUnchecked);
    const { problem } = result;
    if (before.at !== 'checked') return setProgress({ at: 'editing', problem });
    // What saving learned of the key's scopes counts from now on: there is something to agree to.
    const { scopes } = problem.kind === 'can-act' ? problem : before.key;
    setProgress({ ...before, key: { ...before.key, scopes }, problem });
  };

  const changed = () => {
    state.current++;
    setProgress({ at: 'editing' });
  };

  return (
    <section class="section">
      <h2>{words.say(replaces ? 'replaceKey' : 'connectHeading')}</h2>
      <p class="hint">{words.say('connectSteps')}</p>
      {onCreatePair && (
        <div class="row">
          <Button onClick={onCreatePair}>{words.say('createPair')}</Button>
          <span class="hint grow">{words.say('bornOffer')}</span>
        </div>
      )}
      <Choices
        legend={words.say('environment')}
        name="environment"
        chosen={environment}
        options={ENVIRONMENTS.map((value) => ({
          value,
          label: words.say(value),
          hint: words.say(value === 'demo' ? 'environmentDemoHint' : 'environmentProductionHint'),
        }))}
        onChoose={(chosen) => {
          setEnvironment(chosen);
          changed();
        }}
      />
      <KeyIdBox
        value={keyId}
        onChange={(value) => {
          setKeyId(value);
          changed();
        }}
      />
      <KeyText
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
          {words.say('checkKey')}
        </Button>
        {onCancel && <Button onClick={onCancel}>{words.say('cancel')}</Button>}
      </div>
      <p role="status" hidden={progress.at !== 'checking' && !saving}>
        {(progress.at === 'checking' || saving) && words.say('checking')}
      </p>
      {progress.at === 'editing' && progress.expired && <Alert heals>{words.say('draftExpired')}</Alert>}
      {problem && (
        <Alert heals={unchecked}>
          {sayProblem(problem, words)}
          {unchecked && <span>{words.say('saveUncheckedHint')}</span>}
          {problem.kind === 'no-store' && lastChoices && (
            <Button onClick={() => void save(draft, { ...lastChoices, sessionOnly: true })}>
              {words.say('sessionOnly')}
            </Button>
          )}
        </Alert>
      )}
      {(unchecked || progress.at === 'checked') && (
        <Keep
          scopes={progress.at === 'checked' ? progress.key.scopes : null}
          unchecked={unchecked}
          busy={saving}
          settings={settings}
          onSave={(choices) => void save(draft, choices)}
        >
          {progress.at === 'checked' && <Checked checked={progress.key} />}
        </Keep>
      )}
    </section>
  );
}

/** Whether the problem says nothing against the key: nobody could be asked. */
function isSavable(problem: Problem): boolean {
  return problem.kind === 'exchange' && OUTCOMES[problem.failure.kind].savable;
}
