// The SVG of a chart: the line from its start on, the area below it, the level at the start, the time axis, and the selected
// point. Lines are stretched to the width of the page; dots and labels are placed in percent of it, so that they are not.

import { useEffect, useMemo, useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import { areaOf, lineOf, nearest, type PlotPoint, scaleOf } from '../../../view/chart-series.ts';
import type { ticksOf } from './axis.ts';
import './chart.css';
import type { ChartProps } from './Chart.tsx';

/** The lines are drawn in a box of this size, and stretched. */
const [WIDTH, HEIGHT] = [328, 66];
/** Below the lines, pixels. */
const AXIS = 16;
/** Labels nearer to an edge than this would be cut, percent. */
const LABEL_EDGE = 7;

type Props = Pick<ChartProps, 'points' | 'start' | 'index' | 'onIndex'>;

export function Plot({ points, start, index, onIndex }: Props) {
  const drawn = useMemo(() => draw(points, start), [points, start]);
  const findTicks = useTicks();
  const ticks = useMemo(() => {
    const [first, last] = [points[0], points.at(-1)];
    return first && last && findTicks ? findTicks(first.at, last.at, 4, i18n.locale) : [];
  }, [points, findTicks]);
  if (!drawn) return <svg class="plot" height={HEIGHT + AXIS} aria-hidden="true" />;
  const { percent, y, line, before, area, momentAt } = drawn;
  const [base, last, selected] = [points[start], points.at(-1), points[index ?? -1]];
  const marked = selected ?? last;
  return (
    <svg
      class="plot"
      height={HEIGHT + AXIS}
      aria-hidden="true"
      onPointerMove={({ clientX, currentTarget }) => {
        const { left, width } = currentTarget.getBoundingClientRect();
        onIndex(nearest(points, momentAt((clientX - left) / width)));
      }}
      onPointerLeave={() => onIndex(null)}
    >
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" height={HEIGHT} aria-hidden="true">
        <linearGradient id="chart-fill" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stop-color="currentColor" stop-opacity="0.18" />
          <stop offset="1" stop-color="currentColor" stop-opacity="0.02" />
        </linearGradient>
        <path class="area" d={area} />
        <path class="before" d={before} />
        <path class="line" d={line} />
      </svg>
      {base && <line class="base" x1={percent(base.at)} x2="100%" y1={y(base.total)} y2={y(base.total)} />}
      {selected && (
        <line class="cursor" x1={percent(selected.at)} x2={percent(selected.at)} y1="-4" y2={HEIGHT} />
      )}
      {marked && <circle cx={percent(marked.at)} cy={y(marked.total)} r="3.5" />}
      {ticks.map(({ at, label }) => {
        const x = Number.parseFloat(percent(at));
        return (
          x > LABEL_EDGE &&
          x < 100 - LABEL_EDGE && (
            <text key={at} x={percent(at)} y={HEIGHT + AXIS - 3} text-anchor="middle">
              {label}
            </text>
          )
        );
      })}
    </svg>
  );
}

/** The code of the time axis is loaded after the first frame. */
function useTicks(): typeof ticksOf | undefined {
  const [found, setFound] = useState<{ ticksOf: typeof ticksOf }>();
  useEffect(() => void import('./axis.ts').then(setFound), []);
  return found?.ticksOf;
}

function draw(points: readonly PlotPoint[], start: number) {
  const scale = scaleOf(points, WIDTH, HEIGHT);
  const [first, last] = [points[0], points.at(-1)];
  if (!scale || !first || !last) return undefined;
  const since = points.slice(Math.max(start, 0));
  return {
    y: scale.y,
    percent: (at: number) => `${(scale.x(at) / WIDTH) * 100}%`,
    line: lineOf(start < 0 ? [] : since, scale),
    before: lineOf(start < 0 ? points : points.slice(0, start + 1), scale),
    area: areaOf(start < 0 ? [] : since, scale, HEIGHT),
    momentAt: (share: number) => first.at + share * (last.at - first.at),
  };
}
