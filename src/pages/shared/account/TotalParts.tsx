// What the total is made of, side by side, with a bar of the proportions: cash, positions, and perps if there are any.

import { useContext } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import type { Amounts } from '../../../domain/balance/snapshot.ts';
import { Hidden, useMoney } from '../hooks/use-money.ts';

interface Props {
  figures: Amounts;
  /** A remark about the age of the perps equity, if it is older than the rest. */
  perpsAge?: string | undefined;
}

export function TotalParts({ figures, perpsAge }: Props) {
  const { cash, positions, perps } = figures;
  const hidden = useContext(Hidden);
  const money = useMoney();
  return (
    <dl class={perps === undefined ? 'split' : 'split three'}>
      <Bar parts={hidden ? [] : [cash, positions, ...(perps === undefined ? [] : [perps])]} />
      <div class="cash">
        <dt>{i18n.message('cash')}</dt>
        <dd>{money(cash)}</dd>
      </div>
      <div class="positions">
        <dt>{i18n.message('positions')}</dt>
        <dd>{money(positions)}</dd>
      </div>
      {perps !== undefined && (
        <div class="perps">
          <dt>{i18n.message('perps')}</dt>
          <dd>{money(perps)}</dd>
          {perpsAge && <small>{perpsAge}</small>}
        </div>
      )}
    </dl>
  );
}

/** SVG, because the content security policy forbids style attributes but not other attributes. */
function Bar({ parts }: { parts: readonly number[] }) {
  const all = parts.map((part) => Math.max(part, 0));
  const sum = all.reduce((before, width) => before + width, 0);
  const widths = sum === 0 ? [] : all; // an empty bar, in its place
  let left = 0;
  const shares = widths.map((width) => {
    const x = (left / sum) * 100;
    left += width;
    const end = (left / sum) * 100;
    return { x, width: Math.max(end - x - (end < 100 && width > 0 ? 0.6 : 0), 0) };
  });
  return (
    <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      {shares.map(({ x, width }, index) => (
        <rect key={index} x={x} y="0" width={width} height="1" />
      ))}
    </svg>
  );
}
