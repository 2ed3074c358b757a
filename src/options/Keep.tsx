// Keeping a key: how it is to lie on disk, and the user's word for one that can do more than look.

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { SaveChoices } from '../platform/commands.ts';
import { words } from '../platform/words.ts';
import { canAct, powerOf, type Scopes } from '../portfolio/scopes.ts';
import { Alert } from '../ui/Alert.tsx';
import { Button } from '../ui/Button.tsx';
import { Insist } from './Insist.tsx';
import { Protection, type ProtectionValue } from './Protection.tsx';

interface Props {
  /** What is known of the key, to be shown first. */
  children?: ComponentChildren;
  scopes: Scopes;
  /** Nobody could be asked about the key. */
  unchecked: boolean;
  busy: boolean;
  onSave: (choices: Omit<SaveChoices, 'replaces'>) => void;
}

export function Keep({ children, scopes, unchecked, busy, onSave }: Props) {
  const power = powerOf(scopes);
  const risky = canAct(scopes);
  const [insists, setInsists] = useState(false);
  const [differs, setDiffers] = useState(false);
  const [chosen, setChosen] = useState<ProtectionValue>({
    // By risk: what can only look may go without a passphrase; what can act, or might, had better not.
    protection: power === 'balance' || power === 'read' ? 'none' : 'passphrase',
    passphrase: '',
    repeated: '',
  });

  const save = () => {
    const { protection, passphrase, repeated } = chosen;
    const wrong = protection === 'passphrase' && passphrase !== repeated;
    setDiffers(wrong);
    if (wrong) return;
    onSave({
      evenUnchecked: unchecked,
      evenIfItCanAct: insists,
      ...(protection === 'passphrase' && { passphrase }),
    });
  };

  return (
    <div class={risky ? 'checked risky' : 'checked'}>
      {children}
      {risky && (
        <>
          <p>{words.say('leastPower')}</p>
          <Insist scopes={scopes} insists={insists} onChange={setInsists} />
        </>
      )}
      <Protection value={chosen} onChange={setChosen} />
      {differs && <Alert>{words.say('passphraseDiffers')}</Alert>}
      <div class="row">
        <Button main={!risky} busy={busy} onClick={save}>
          {words.say(unchecked ? 'saveUnchecked' : 'saveKey')}
        </Button>
      </div>
    </div>
  );
}
