// The chart of a range: total with cash beneath; mouse and arrow keys read out values, and there is a table for those
// who cannot see it. Loaded only when it is wanted.

import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import './chart.css';
import { readSamples } from '../../platform/history.ts';
import { words } from '../../platform/words.ts';
import { type Point, pointsOf, type Range, SPANS, stepOf } from '../../portfolio/curve.ts';
import { formatDollars } from '../../portfolio/money.ts';
import { Values } from './Values.tsx';

const [WIDTH, HEIGHT] = [328, 92];

interface Props {
  accountIds: string[];
  range: Range;
}

export function Chart({ accountIds, range }: Props) {
  const [points, setPoints] = useState<Point[]>();
  const [index, setIndex] = useState<number | null>(null);
  const ids = accountIds.join();

  useEffect(() => {
    let current = true;
    const { span, tier } = SPANS[range];
    const read = Promise.all(ids.split(',').map((id) => readSamples(id, tier, Date.now() - span)));
    void read
      .catch(() => [])
      .then((all) => {
        if (current) setPoints(pointsOf(all, stepOf(range)));
      });
    return () => {
      current = false;
    };
  }, [ids, range]);

  if (!points) return null;
  if (points.length < 2) return <p class="hint">{words.say('curveEmpty')}</p>;
  const step = (by: number) =>
    setIndex(Math.min(points.length - 1, Math.max(0, (index ?? points.length - 1) + by)));
  const at = index === null ? undefined : points[index];
  return (
    <figure
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys read out values
      tabIndex={0}
      aria-label={words.say('curveLabel')}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -1, ArrowRight: 1, Home: -points.length, End: points.length }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        step(by);
      }}
      onBlur={() => setIndex(null)}
    >
      <Plot points={points} index={index} onIndex={setIndex} />
      <p role="status">{at ? readOut(at) : ''}</p>
      <Values points={points} />
    </figure>
  );
}

function readOut({ at, total, cash }: Point): string {
  const when = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
  return words.say('curvePoint', when, formatDollars(total, words.locale), formatDollars(cash, words.locale));
}

interface PlotProps {
  points: Point[];
  index: number | null;
  onIndex: (index: number | null) => void;
}

function Plot({ points, index, onIndex }: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const data = useMemo(() => columns(points), [points]);

  useEffect(() => {
    const { current } = place;
    if (!current) return undefined;
    const style = getComputedStyle(current);
    const colour = (name: string) => style.getPropertyValue(name);
    const axis = {
      stroke: colour('--soft'),
      grid: { show: false },
      ticks: { show: false },
      font: '10px system-ui',
    };
    const made = new uPlot(
      {
        width: WIDTH,
        height: HEIGHT,
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
        padding: [6, 6, 0, 6],
        axes: [
          { ...axis, size: 18, space: 70 },
          { ...axis, show: false },
        ],
        series: [
          {},
          { stroke: colour('--brand'), width: 2, points: { show: false } },
          { stroke: colour('--positions'), width: 1, dash: [3, 3], points: { show: false } },
        ],
        hooks: {
          setCursor: [
            // Only a mouse moves what the keys have chosen: drawing anew must not.
            ({ cursor }) =>
              cursor.event && onIndex((cursor.left ?? -1) < 0 ? null : pointAt(data, cursor.idx)),
          ],
        },
      },
      data.columns,
      current,
    );
    plot.current = made;
    return () => made.destroy();
  }, [data, onIndex]);

  useEffect(() => {
    const { current } = plot;
    const point = index === null ? undefined : points[index];
    if (!current || !point) return;
    const left = current.valToPos(point.at / 1000, 'x');
    if (Math.abs((current.cursor.left ?? 0) - left) > 2) current.setCursor({ left, top: HEIGHT / 2 }, false);
  }, [index, points]);

  return <div ref={place} class="plot" aria-hidden="true" />;
}

/** What uPlot draws: seconds and dollars; a null before each gap breaks the lines. Only for drawing. */
function columns(points: Point[]): { columns: uPlot.AlignedData; indexes: number[] } {
  const [times, totals, cash]: [number[], (number | null)[], (number | null)[]] = [[], [], []];
  const indexes: number[] = [];
  for (const [index, point] of points.entries()) {
    if (point.gap && index > 0) {
      times.push(point.at / 1000 - 0.001);
      totals.push(null);
      cash.push(null);
      indexes.push(index);
    }
    times.push(point.at / 1000);
    totals.push(point.total / 1e6);
    cash.push(point.cash / 1e6);
    indexes.push(index);
  }
  return { columns: [times, totals, cash], indexes };
}

function pointAt({ indexes }: { indexes: number[] }, index: number | null | undefined): number | null {
  return index === null || index === undefined ? null : (indexes[index] ?? null);
}
