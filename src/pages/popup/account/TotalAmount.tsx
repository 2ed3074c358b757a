// The total, as the largest figure.

import { i18n } from '../../../browser/i18n.ts';
import { type Figures, total } from '../../../domain/balance/snapshot.ts';
import { inParts } from '../../../view/texts/format-money.ts';
import { useMoney } from '../../shared/hooks/use-money.ts';

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
