// The chart as a table, for screen readers: a few dozen rows, evenly taken.

import { words } from '../../platform/i18n.ts';
import { formatDollars } from '../../portfolio/money.ts';
import type { Point } from '../../view/chart-series.ts';

const ROWS = 24;

export function Values({ points }: { points: Point[] }) {
  const every = Math.max(1, Math.ceil(points.length / ROWS));
  const some = points.filter((_, index) => (points.length - 1 - index) % every === 0);
  const time = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <table class="sr">
      <caption>{words.say('curveLabel')}</caption>
      <thead>
        <tr>
          <th scope="col">{words.say('time')}</th>
          <th scope="col">{words.say('total')}</th>
          <th scope="col">{words.say('cash')}</th>
        </tr>
      </thead>
      <tbody>
        {some.map(({ at, total, cash }) => (
          <tr key={at}>
            <th scope="row">{time.format(at)}</th>
            <td>{formatDollars(total, words.locale)}</td>
            <td>{formatDollars(cash, words.locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
