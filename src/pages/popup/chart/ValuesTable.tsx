// The chart as a table, for screen readers: a few dozen evenly spaced rows.

import { i18n } from '../../../browser/i18n.ts';
import type { Point } from '../../../view/chart-series.ts';
import { formatDollars } from '../../../view/texts/format-money.ts';

const ROWS = 24;

export function ValuesTable({ points }: { points: readonly Point[] }) {
  const every = Math.max(1, Math.ceil(points.length / ROWS));
  const some = points.filter((_, index) => (points.length - 1 - index) % every === 0);
  const time = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    // A table is as high as its rows, whatever its style: a box around it clips it, so that the page does not scroll for it.
    <div class="sr">
      <table>
        <caption>{i18n.message('chartLabel')}</caption>
        <thead>
          <tr>
            <th scope="col">{i18n.message('time')}</th>
            <th scope="col">{i18n.message('total')}</th>
            <th scope="col">{i18n.message('cash')}</th>
          </tr>
        </thead>
        <tbody>
          {some.map(({ at, total, cash }) => (
            <tr key={at}>
              <th scope="row">{time.format(at)}</th>
              <td>{formatDollars(total, i18n.locale)}</td>
              <td>{formatDollars(cash, i18n.locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
