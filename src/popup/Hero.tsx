// The big figure: cash and positions together.

import { words } from '../platform/words.ts';
import { type Figures, total } from '../portfolio/snapshot.ts';
import { useMoney } from '../ui/amounts.ts';

export function Hero({ figures }: { figures: Figures | null }) {
  const money = useMoney();
  return (
    <dl class="hero">
      <dt>{words.say('total')}</dt>
      <dd>{figures ? <Amount text={money(total(figures))} /> : '—'}</dd>
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
