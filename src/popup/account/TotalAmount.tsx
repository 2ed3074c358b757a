// The total, as the largest figure.

import { i18n } from '../../platform/i18n.ts';
import { type Figures, total } from '../../portfolio/snapshot.ts';
import { useMoney } from '../../ui/hooks/use-money.ts';
import { inParts } from '../../view/format-money.ts';

export function TotalAmount({ figures }: { figures: Figures | null }) {
  const money = useMoney();
  return (
    <dl class="hero">
      <dt>{i18n.message('total')}</dt>
      <dd>{figures ? <Amount text={money(total(figures))} /> : '—'}</dd>
    </dl>
  );
}

/** The cents in a smaller font, formatted as the language requires. */
function Amount({ text }: { text: string }) {
  const [dollars, cents] = inParts(text);
  return (
    <>
      {dollars}
      <span class="small">{cents}</span>
    </>
  );
}
