// Why the total changed: results, marks, deposits and withdrawals, and what nothing explains.

import { i18n } from '../../browser/i18n.ts';
import type { Micros } from '../../domain/money.ts';
import type { Reconciliation } from '../../domain/pnl/reconciliation.ts';
import { limitedSum, negate } from '../../domain/quantity.ts';
import type { MessageKey } from '../../view/texts/translate.ts';
import { useChange } from '../shared/hooks/use-money.ts';

const LINES: [
  part: 'results' | 'marks' | 'transfers' | 'remainder',
  name: MessageKey,
  meaning: MessageKey,
][] = [
  ['results', 'changeResults', 'changeResultsHint'],
  ['marks', 'changeMarks', 'changeMarksHint'],
  ['transfers', 'changeTransfers', 'changeTransfersHint'],
  ['remainder', 'changeRemainder', 'changeRemainderHint'],
];

interface Props {
  explained: Reconciliation | undefined;
  /** The result of the whole period, micro-dollars. */
  realized: Micros;
}

export function WhyItChanged({ explained, realized }: Props) {
  const change = useChange();
  if (!explained) return <p class="hint">{i18n.message('changeUnknown')}</p>;
  const moment = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium', timeStyle: 'short' });
  const { startsWithRecording: startsLater } = explained;
  const day = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium' }).format(explained.from);
  const realizedBefore = limitedSum(realized, negate(explained.results));
  return (
    <section class="section">
      <h2>{startsLater ? i18n.message('changeHeadingRecorded', day) : i18n.message('changeHeading')}</h2>
      <p class="hint">
        {i18n.message('changeSpan', moment.format(explained.from), moment.format(explained.to))}
      </p>
      <table class="parts">
        <tbody>
          {LINES.map(([part, name, meaning]) => (
            <tr key={part}>
              <th scope="row">
                {i18n.message(name)} <small>{i18n.message(meaning)}</small>
              </th>
              <td>{change(explained[part])}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{i18n.message('changeTotal')}</th>
            <td>{change(explained.change)}</td>
          </tr>
        </tfoot>
      </table>
      {startsLater && realizedBefore !== 0 && (
        <p class="hint">{i18n.message('changeBefore', change(realizedBefore))}</p>
      )}
    </section>
  );
}
