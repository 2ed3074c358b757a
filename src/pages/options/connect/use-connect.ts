// A hook: checks and saves the key of the connect form. The key text is removed from the form when Kalshi has accepted the
// key, and from the page's memory when the key is saved, or five minutes after the last input or check.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { CheckedKey, KeyDraft, SaveChoices } from '../../../commands/commands.ts';
import type { Problem } from '../../../commands/problem.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import type { Account, Environment } from '../../../domain/accounts/account.ts';
import { findKeyIds, parseKeyId } from '../../../domain/accounts/key-id.ts';
import { MINUTE_MS } from '../../../domain/durations.ts';
import { useHostPermission } from '../../shared/hooks/use-permission.ts';
import type { PrivateKeyValue } from './key-input/PrivateKeyField.tsx';

interface Fields {
  environment: Environment;
  keyId: string;
  key: PrivateKeyValue;
}

type Progress =
  | { at: 'editing'; problem?: Problem; expired?: true }
  | { at: 'checking' }
  /** `draft` is held in memory only; the form is empty again. */
  | { at: 'checked'; draft: KeyDraft; key: CheckedKey; problem?: Problem };

/** A saved key. `unchecked`: Kalshi could not be reached to check it. */
export interface Saved {
  accountId: string;
  unchecked: boolean;
}

const NO_KEY: PrivateKeyValue = { text: '', file: '' };

/** How long the text of a key is kept in the page's memory after the last input or check, whether that succeeded or not. */
const DRAFT_LIFETIME_MS = 5 * MINUTE_MS;

/**
 * @param replaces the account whose key is replaced
 * @param onSaved is called when a key is saved
 */
export function useConnect(replaces: Account | undefined, onSaved: (saved: Saved) => void) {
  const [fields, setFields] = useState<Fields>({
    environment: replaces?.environment ?? 'production',
    keyId: '',
    key: NO_KEY,
  });
  /** The key ID that was found in the file or its name. */
  const [foundId, setFoundId] = useState('');
  const [progress, setProgress] = useState<Progress>({ at: 'editing' });
  const [saving, setSaving] = useState(false);
  const [lastChoices, setLastChoices] = useState<SaveChoices>();
  /** Incremented with every change: the result of a check of earlier input is ignored. */
  const revision = useRef(0);
  /** Incremented when the user has entered something as a whole: if all is there, it is checked. */
  const [entered, setEntered] = useState(0);
  const { granted, requestAccess } = useHostPermission(fields.environment);

  const isWaiting = progress.at === 'checking' || saving;
  const holdsKey = !isWaiting && (progress.at === 'checked' || fields.key.text !== '');
  useEffect(() => {
    if (!holdsKey) return;
    const timer = setTimeout(() => {
      setFields((current) => ({ ...current, key: NO_KEY }));
      setProgress({ at: 'editing', expired: true });
    }, DRAFT_LIFETIME_MS);
    return () => clearTimeout(timer);
  }, [holdsKey, fields]);

  const { environment, keyId, key } = fields;
  const typed: KeyDraft = { environment, keyId, privateKey: key.text };
  /** The checked key, or the one in the form if none was checked. */
  const draft = progress.at === 'checked' ? progress.draft : typed;

  const edit = (change: Partial<Fields>) => {
    revision.current++;
    setFields((current) => ({ ...current, ...change })); // a file may have been read meanwhile
    setProgress({ at: 'editing' });
  };

  /** Takes the key, and the key ID that stands in its text or in the name of its file. */
  const takeKey = (next: PrivateKeyValue, complete = true) => {
    const [id, another] = complete ? findKeyIds(`${next.file} ${next.text}`) : [];
    const only = id && !another ? id : undefined;
    if (only) setFoundId(only);
    edit({ key: next, ...(only && { keyId: only }) });
    if (complete) setEntered((count) => count + 1);
  };

  /** Takes what was pasted as the key ID: it may be a whole file. */
  const takeKeyId = (pasted?: string) => {
    if (pasted !== undefined) {
      const parsed = parseKeyId({ keyId: pasted, privateKey: pasted });
      if ('fault' in parsed && parsed.fault === 'is-a-private-key')
        return takeKey({ text: pasted, file: '' });
      edit({ keyId: 'id' in parsed ? parsed.id : pasted });
    }
    setEntered((count) => count + 1);
  };

  useEffect(() => {
    // Without the permission, a click has to request it first.
    const isComplete = key.text.trim() !== '' && 'id' in parseKeyId(typed);
    const isNew = progress.at === 'editing' && !progress.problem;
    if (entered > 0 && isComplete && isNew && granted) void check();
  }, [entered, granted]);

  const check = async () => {
    if (progress.at === 'checked') return;
    const checkedRevision = revision.current;
    const access = requestAccess();
    setProgress({ at: 'checking' });
    await access; // whatever the answer is: the background checks the permission itself
    const result = await sendCommand('key/check', typed);
    if (checkedRevision !== revision.current) return;
    if (!result.ok) return setProgress({ at: 'editing', problem: result.problem });
    const { keyId } = result.value;
    setFields((current) => ({ ...current, keyId, key: { ...NO_KEY, file: current.key.file } }));
    setProgress({ at: 'checked', draft: { ...typed, keyId }, key: result.value });
  };

  const save = async (choices: SaveChoices) => {
    setLastChoices(choices);
    const before = progress;
    setSaving(true);
    const result = await sendCommand('key/save', { ...draft, ...choices, replaces: replaces?.id });
    setSaving(false);
    if (result.ok) return onSaved({ ...result.value, unchecked: choices.allowUnchecked });
    const { problem } = result;
    if (before.at !== 'checked') return setProgress({ at: 'editing', problem });
    // The scopes that saving found apply from now on: the user has to consent to them.
    const { scopes } = problem.kind === 'can-act' ? problem : before.key;
    setProgress({ ...before, key: { ...before.key, scopes }, problem });
  };

  return {
    fields,
    /** Whether the key ID in the form was found with the key. */
    found: foundId !== '' && foundId === keyId,
    progress,
    saving,
    lastChoices,
    edit,
    takeKey,
    takeKeyId,
    checkIfComplete: () => setEntered((count) => count + 1),
    check,
    save,
  };
}
