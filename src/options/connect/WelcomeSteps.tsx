// The three setup steps, and which of them are done.

import { i18n } from '../../platform/i18n.ts';
import type { MessageKey } from '../../view/translate.ts';

const STEPS: MessageKey[] = ['stepMake', 'stepConnect', 'stepPin'];

/** `connected`: the first two steps are done. */
export function WelcomeSteps({ connected }: { connected: boolean }) {
  const current = connected ? 2 : 0;
  return (
    <section class="steps">
      <h2>{i18n.message('welcomeHeading')}</h2>
      <ol>
        {STEPS.map((step, index) => (
          <li
            key={step}
            class={index < current ? 'done' : ''}
            {...(index === current && { 'aria-current': 'step' as const })}
          >
            {i18n.message(step)}
          </li>
        ))}
      </ol>
      {connected && <p>{i18n.message('pinHint')}</p>}
    </section>
  );
}
