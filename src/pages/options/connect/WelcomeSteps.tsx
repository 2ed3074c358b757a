// The three setup steps after a key was connected: the last one is left.

import { i18n } from '../../../browser/i18n.ts';
import type { MessageKey } from '../../../view/texts/translate.ts';

const STEPS: MessageKey[] = ['stepMake', 'stepConnect', 'stepPin'];

/** @param onToolbar whether the last step is done; undefined if the browser does not say so */
export function WelcomeSteps({ onToolbar }: { onToolbar: boolean | undefined }) {
  const done = [true, true, onToolbar === true];
  const current = done.indexOf(false);
  return (
    <section class="steps">
      <h2>{i18n.message('welcomeHeading')}</h2>
      <ol>
        {STEPS.map((step, index) => (
          <li
            key={step}
            class={done[index] ? 'done' : ''}
            {...(index === current && { 'aria-current': 'step' as const })}
          >
            {i18n.message(step)}
          </li>
        ))}
      </ol>
      {onToolbar === undefined && <p>{i18n.message('pinHint')}</p>}
      {onToolbar && <p>{i18n.message('allSet')}</p>}
    </section>
  );
}
