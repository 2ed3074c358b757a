// The welcome: three steps, and where one stands.

import { words } from '../../platform/i18n.ts';
import type { MessageKey } from '../../view/translate.ts';

const STEPS: MessageKey[] = ['stepMake', 'stepConnect', 'stepPin'];

/** `connected`: the first two steps are done. */
export function Steps({ connected }: { connected: boolean }) {
  const current = connected ? 2 : 0;
  return (
    <section class="steps">
      <h2>{words.say('welcomeHeading')}</h2>
      <ol>
        {STEPS.map((step, index) => (
          <li
            key={step}
            class={index < current ? 'done' : ''}
            {...(index === current && { 'aria-current': 'step' as const })}
          >
            {words.say(step)}
          </li>
        ))}
      </ol>
      {connected && <p>{words.say('pinHint')}</p>}
    </section>
  );
}
