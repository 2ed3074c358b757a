// When protected accounts lock by themselves.

import { send } from '../platform/commands.ts';
import { askForIdle } from '../platform/idle.ts';
import { words } from '../platform/words.ts';
import { LOCK_AFTER, type Settings } from '../portfolio/settings.ts';
import { formatMinutes } from '../ui/duration.ts';

export function Locking({ settings }: { settings: Settings }) {
  const choose = async (minutes: string) => {
    const lockAfterMinutes = LOCK_AFTER.find((each) => String(each) === minutes);
    if (lockAfterMinutes === undefined) return;
    // Without the browser's word on who is there, the choice would be a promise that nobody keeps.
    const kept = lockAfterMinutes === 0 || (await askForIdle());
    await send('settings/change', { lockAfterMinutes: kept ? lockAfterMinutes : 0 });
  };
  return (
    <section class="section">
      <h2>{words.say('lockingHeading')}</h2>
      <div class="field">
        <label for="lock-after">{words.say('lockAfter')}</label>
        <select
          id="lock-after"
          value={settings.lockAfterMinutes}
          onChange={({ currentTarget }) => void choose(currentTarget.value)}
        >
          {LOCK_AFTER.map((minutes) => (
            <option key={minutes} value={minutes}>
              {minutes === 0 ? words.say('lockNever') : formatMinutes(minutes)}
            </option>
          ))}
        </select>
        <p class="hint">{words.say('lockAfterHint')}</p>
      </div>
    </section>
  );
}
