// When protected accounts lock by themselves: asked where a passphrase is chosen, and to be changed later.

import { useEffect, useId, useState } from 'preact/hooks';
import { words } from '../../platform/i18n.ts';
import { askForIdle, dropIdlePermission, hasIdlePermission } from '../../platform/idle.ts';
import { send } from '../../platform/messages.ts';
import { watchAccess } from '../../platform/permissions.ts';
import { LOCK_AFTER, type Settings } from '../../portfolio/settings.ts';
import { formatMinutes } from '../../ui/format-duration.ts';

/** `close`: only when the browser closes · `screen`: with the screen too · otherwise also after so many minutes away. */
const CHOICES = ['close', 'screen', ...LOCK_AFTER.filter((minutes) => minutes > 0).map(String)];

export function LockWhen({ settings }: { settings: Settings }) {
  const id = useId();
  const granted = useIdlePermission();
  const { lockAfterMinutes, restWhenAway } = settings;
  const choose = async (choice: string) => {
    // Without the browser's word on who is there, the choice would be a promise that nobody keeps. Asked for from the
    // click, before anything is awaited.
    const kept = choice !== 'close' && (await askForIdle());
    if (choice === 'close' && !restWhenAway) await dropIdlePermission();
    const minutes = LOCK_AFTER.find((each) => String(each) === choice);
    await send('settings/change', { lockAfterMinutes: (kept && minutes) || 0 });
  };
  return (
    <div class="field">
      <label for={id}>{words.say('lockAfter')}</label>
      <select
        id={id}
        aria-describedby={`${id}-hint`}
        value={lockAfterMinutes > 0 ? String(lockAfterMinutes) : granted ? 'screen' : 'close'}
        onChange={({ currentTarget }) => void choose(currentTarget.value)}
      >
        {CHOICES.map((choice) => (
          <option key={choice} value={choice} disabled={choice === 'close' && granted && restWhenAway}>
            {nameOf(choice)}
          </option>
        ))}
      </select>
      <p class="hint" id={`${id}-hint`}>
        {words.say('lockAfterHint')}
      </p>
    </div>
  );
}

export function Locking({ settings }: { settings: Settings }) {
  return (
    <section class="section">
      <h2>{words.say('lockingHeading')}</h2>
      <LockWhen settings={settings} />
    </section>
  );
}

function nameOf(choice: string): string {
  if (choice === 'close') return words.say('lockNever');
  if (choice === 'screen') return words.say('lockWithScreen');
  return words.say('lockWhenAway', formatMinutes(Number(choice)));
}

function useIdlePermission(): boolean {
  const [granted, setGranted] = useState(false);
  useEffect(() => {
    const look = () => void hasIdlePermission().then(setGranted);
    look();
    return watchAccess(look);
  }, []);
  return granted;
}
