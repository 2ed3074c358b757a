// The big figure: cash and positions together.

import { words } from '../platform/words.ts';
import { formatDollars } from '../portfolio/money.ts';
import { type Figures, total } from '../portfolio/snapshot.ts';

export function Hero({ figures }: { figures: Figures | null }) {
  return (
    <dl class="hero">
      <dt>{words.say('total')}</dt>
      <dd>{figures ? <Amount text={formatDollars(total(figures), words.locale)} /> : '—'}</dd>
    </dl>
  );
}

/** The cents a little smaller, in whichever way the language writes them. */
function Amount({ text }: { text: string }) {
  const [, dollars = text, cents = '', rest = ''] = /^(.*)([.,]\d\d)(\D*)$/.exec(text) ?? [];
  return (
    <>
      {dollars}
      <span class="small">{cents + rest}</span>
    </>
  );
}
