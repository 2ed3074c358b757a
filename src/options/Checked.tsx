// What the check found, and saving it.

import type { CheckedKey } from '../platform/commands.ts';
import { words } from '../platform/words.ts';
import { Button } from '../ui/Button.tsx';
import { Split } from '../ui/Split.tsx';

export function Checked({ checked, onSave }: { checked: CheckedKey; onSave: () => void }) {
  return (
    <div class="checked" role="status">
      <h3>{words.say('checkedHeading')}</h3>
      <p>{words.say('checkedType', checked.keyType, words.say(checked.environment))}</p>
      <Split figures={checked.figures} />
      <p class="hint">{words.say('storageHint')}</p>
      <div class="row">
        <Button main onClick={onSave}>
          {words.say('saveKey')}
        </Button>
      </div>
    </div>
  );
}
