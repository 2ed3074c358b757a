// The results by day as bars. Arrow keys and the mouse select a day; a table holds the values for screen readers.

import { useContext, useState } from 'preact/hooks';
import { i18n } from '../../browser/i18n.ts';
import { DAY_MS } from '../../domain/durations.ts';
import { ZERO } from '../../domain/money.ts';
import { resultOf } from '../../domain/pnl/market-result.ts';
import type { ResultPeriod } from '../../domain/pnl/result-periods.ts';
import { Hidden, useChange } from '../shared/hooks/use-money.ts';

const [WIDTH, HEIGHT] = [960, 140];

export function DayBars({ days }: { days: readonly ResultPeriod[] }) {
  const hidden = useContext(Hidden);
  const change = useChange();
  const [selected, setSelected] = useState<number | null>(null);
  const closed = days.filter(({ markets }) => markets > 0);
  const [first, last] = [closed[0], closed.at(-1)];
  if (!first || !last || hidden) return null;
  const amounts = closed.map(resultOf);
  const [low, high] = [Math.min(0, ...amounts), Math.max(0, ...amounts)];
  const height = (amount: number) => (high === low ? 0 : (Math.abs(amount) / (high - low)) * HEIGHT);
  const zero = high === low ? HEIGHT / 2 : (high / (high - low)) * HEIGHT;
  const step = WIDTH / (Math.round((last.start - first.start) / DAY_MS) + 1);
  const x = ({ start }: ResultPeriod) => Math.round((start - first.start) / DAY_MS) * step;
  const index = Math.min(selected ?? closed.length - 1, closed.length - 1);
  const day = closed[index];
  const date = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium' });
  const move = (by: number) => setSelected(Math.max(0, Math.min(closed.length - 1, index + by)));
  const select = (event: { offsetX: number; currentTarget: SVGSVGElement }) => {
    const at = (event.offsetX / event.currentTarget.clientWidth) * WIDTH;
    const distances = closed.map((each) => Math.abs(x(each) + step / 2 - at));
    setSelected(distances.indexOf(Math.min(...distances)));
  };
  return (
    <figure
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys read out values
      tabIndex={0}
      aria-label={i18n.message('resultsByDay')}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -1, ArrowRight: 1, Home: -closed.length, End: closed.length }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        move(by);
      }}
    >
      <svg
        class="bars"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        onPointerMove={select}
      >
        {closed.map((each, at) => {
          const amount = amounts[at] ?? 0;
          return (
            <rect
              key={each.start}
              class={`${amount < 0 ? 'down' : 'up'}${at === index ? ' chosen' : ''}`}
              x={x(each)}
              y={amount < 0 ? zero : zero - height(amount)}
              width={Math.max(step * 0.8, 0.8)}
              height={Math.max(height(amount), 1)}
            />
          );
        })}
        <line x1="0" x2={WIDTH} y1={zero} y2={zero} />
      </svg>
      {day && (
        <p role="status">
          {i18n.message('resultOfDay', date.format(day.start), change(resultOf(day)), String(day.markets))}
        </p>
      )}
      <div class="sr">
        <table>
          <caption>{i18n.message('resultsByDay')}</caption>
          <thead>
            <tr>
              <th scope="col">{i18n.message('day')}</th>
              <th scope="col">{i18n.message('result')}</th>
              <th scope="col">{i18n.message('markets')}</th>
            </tr>
          </thead>
          <tbody>
            {closed.map((each, at) => (
              <tr key={each.start}>
                <th scope="row">{date.format(each.start)}</th>
                <td>{change(amounts[at] ?? ZERO)}</td>
                <td>{each.markets}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
