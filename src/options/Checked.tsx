// What the check found: the figures, and what the key may do. Then saving it, on conditions.

import { useState } from 'preact/hooks';
import type { CheckedKey } from '../platform/commands.ts';
import { words } from '../platform/words.ts';
import { canAct, POWER_NAMES, powerOf } from '../portfolio/scopes.ts';
import { Button } from '../ui/Button.tsx';
import { Split } from '../ui/Split.tsx';

interface Props {
  checked: CheckedKey;
  /** `evenIfItCanAct`: said in so many words. */
  onSave: (choices: { evenIfItCanAct: boolean }) => void;
}

export function Checked({ checked, onSave }: Props) {
  const [insists, setInsists] = useState(false);
  const power = powerOf(checked.scopes);
  const name = words.say(POWER_NAMES[power]);
  const risky = canAct(checked.scopes);
  return (
    <div class={risky ? 'checked risky' : 'checked'}>
      <div role="status" class="found">
        <h3>{words.say('checkedHeading')}</h3>
        <p>{words.say('checkedType', checked.keyType, words.say(checked.environment))}</p>
        <Split figures={checked.figures} />
        <p>
          {power === 'unknown' ? words.say('powerUnknownHint') : <b>{words.say('checkedPower', name)}</b>}
        </p>
      </div>
      {risky && (
        <>
          <p>{words.say('leastPower')}</p>
          <label class="choice">
            <input
              type="checkbox"
              checked={insists}
              onChange={({ currentTarget }) => setInsists(currentTarget.checked)}
            />
            {words.say('insistCanAct', name)}
          </label>
        </>
      )}
      <p class="hint">{words.say('storageHint')}</p>
      <div class="row">
        <Button main={!risky} onClick={() => onSave({ evenIfItCanAct: insists })}>
          {words.say('saveKey')}
        </Button>
      </div>
    </div>
  );
}
