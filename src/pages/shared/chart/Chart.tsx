// A chart of an amount over time. The mouse and the arrow keys select a point; the page shows its values. One height, whatever
// it shows; one scale, that of the amount.

import type { ComponentChildren } from 'preact';
import type { PlotPoint } from '../../../view/chart-series.ts';
import { Plot } from './Plot.tsx';

/** The colour of the line. */
export type Direction = 'up' | 'down' | 'flat';

export interface ChartProps {
  /** Its name for screen readers. */
  label: string;
  points: readonly PlotPoint[];
  /** The index of the point that changes are counted from; the line before it has no direction. -1 if there is none. */
  start: number;
  direction: Direction;
  /** The selected point. */
  index: number | null;
  onIndex(index: number | null): void;
  /** The selected point in words, for screen readers. */
  selected: string;
  /** Its values as a table, for screen readers. */
  children?: ComponentChildren;
}

export function Chart({ label, points, selected, children, ...plot }: ChartProps) {
  const { index, onIndex } = plot;
  const last = points.length - 1;
  return (
    <figure
      class={`chart ${plot.direction}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys read out values
      tabIndex={0}
      aria-label={label}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -1, ArrowRight: 1, Home: -points.length, End: points.length }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        onIndex(Math.min(last, Math.max(0, (index ?? last) + by)));
      }}
      onBlur={() => onIndex(null)}
    >
      <Plot points={points} {...plot} />
      <p class="sr" aria-live="polite">
        {selected}
      </p>
      {children}
    </figure>
  );
}
