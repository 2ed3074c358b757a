// The SVG of the chart: two lines, the time axis below them, and the selected point.

import { useMemo } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import { lineOf, nearest, type Point, scaleOf } from '../../../view/chart-series.ts';
import { ticksOf } from './axis.ts';

const [WIDTH, HEIGHT] = [328, 92];
/** Space around the lines for the point, and below them for the axis. */
const [EDGE, AXIS] = [6, 18];
/** Half of the width of a label. */
const HALF_LABEL = 24;

interface Props {
  /** At least two. */
  points: readonly Point[];
  /** The selected point. */
  index: number | null;
  onIndex(index: number | null): void;
}

export function Plot({ points, index, onIndex }: Props) {
  const drawn = useMemo(() => draw(points), [points]);
  if (!drawn) return null;
  const { total, cash, scale, ticks, momentAt } = drawn;
  const point = index === null ? undefined : points[index];
  return (
    <svg
      class="plot"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
      onPointerMove={({ clientX, currentTarget }) => {
        const { left, width } = currentTarget.getBoundingClientRect();
        onIndex(nearest(points, momentAt(((clientX - left) / width) * WIDTH)));
      }}
      onPointerLeave={() => onIndex(null)}
    >
      <g transform={`translate(${EDGE} ${EDGE})`}>
        {point && <path class="cursor" d={`M${scale.x(point.at)} 0V${HEIGHT - AXIS - EDGE}`} />}
        <path class="cash" d={cash} />
        <path d={total} />
        {point && (
          <>
            <circle class="cash" cx={scale.x(point.at)} cy={scale.y(point.cash)} r="3" />
            <circle cx={scale.x(point.at)} cy={scale.y(point.total)} r="3" />
          </>
        )}
        {ticks.map(({ at, label }) => (
          <text key={at} x={scale.x(at)} y={HEIGHT - EDGE - 4} text-anchor="middle">
            {label}
          </text>
        ))}
      </g>
    </svg>
  );
}

function draw(points: readonly Point[]) {
  const width = WIDTH - 2 * EDGE;
  const scale = scaleOf(points, ['total', 'cash'], width, HEIGHT - AXIS - 2 * EDGE);
  const [first, last] = [points[0], points.at(-1)];
  if (!scale || !first || !last) return undefined;
  const [low, high] = [HALF_LABEL - EDGE, width - HALF_LABEL + EDGE];
  return {
    scale,
    total: lineOf(points, 'total', scale),
    cash: lineOf(points, 'cash', scale),
    ticks: ticksOf(first.at, last.at, 4, i18n.locale).filter(
      ({ at }) => scale.x(at) >= low && scale.x(at) <= high,
    ),
    momentAt: (x: number) => first.at + ((x - EDGE) / width) * (last.at - first.at),
  };
}
