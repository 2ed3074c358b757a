// Saving a key: its protection, and consent to a key that can do more than read.

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import type { SaveChoices } from '../../../commands/commands.ts';
import { canAct, isConsented, needsConsent, type Scopes } from '../../../domain/accounts/key-scopes.ts';
import type { Settings } from '../../../domain/accounts/settings.ts';
import { Button } from '../../shared/Button.tsx';
import { ProblemAlert } from '../../shared/ProblemAlert.tsx';
import type { FormProblem } from '../../shared/problem-message.ts';
import { ConsentCheckbox } from './ConsentCheckbox.tsx';
import { chosenPassphrase, initialProtection, ProtectionFields } from './ProtectionFields.tsx';

interface Props {
  /** The result of the check, shown first. */
  children?: ComponentChildren;
  scopes: Scopes;
  /** The key could not be checked. */
  unchecked: boolean;
  busy: boolean;
  settings: Settings;
  onSave: (choices: Omit<SaveChoices, 'replaces'>) => void;
}

export function SaveKeyForm({ children, scopes, unchecked, busy, settings, onSave }: Props) {
  const risky = canAct(scopes);
  const consentNeeded = needsConsent(scopes);
  /** The scopes that the user agreed to: where more is found, the checkbox is empty again. */
  const [acceptScopes, setAcceptScopes] = useState<Scopes>();
  const consented = isConsented(scopes, acceptScopes);
  const [problem, setProblem] = useState<FormProblem>();
  // The default follows the risk: no passphrase for a key that can only read, a passphrase for any other.
  const [chosen, setChosen] = useState(initialProtection(consentNeeded ? 'passphrase' : 'none'));

  const save = () => {
    const next = chosenPassphrase(chosen);
    setProblem(next.ok ? undefined : next.problem);
    if (!next.ok) return;
    onSave({
      allowUnchecked: unchecked,
      acceptScopes,
      ...(next.passphrase !== null && { passphrase: next.passphrase }),
    });
  };

  return (
    <div class={risky ? 'checked risky' : 'checked'}>
      {children}
      {risky && <p>{i18n.message('leastPower')}</p>}
      {consentNeeded && (
        <ConsentCheckbox scopes={scopes} accepted={acceptScopes} onChange={setAcceptScopes} />
      )}
      <ProtectionFields value={chosen} settings={settings} onChange={setChosen} />
      <ProblemAlert problem={problem} />
      <div class="row">
        <Button main={!risky} busy={busy} unavailable={!consented} onClick={save}>
          {i18n.message(unchecked ? 'saveUnchecked' : 'saveKey')}
        </Button>
      </div>
    </div>
  );
}
