// Draws the strip of the timeline: requests a second with the failed ones on top, p99 of the watched wait as a line, and what
// happened to the shop. It leaves choosing a span to timeline.ts.
import type { PageCell } from '../data/page-data.ts';
import { rateOf } from './charts/rate-of.ts';
import type { PageHistograms } from './view/page-histograms.ts';
import { watchedWait } from './view/shown.ts';

const NAMESPACE = 'http://www.w3.org/2000/svg';
const HEIGHT = 100;

/** From the first recorded second to the end of the last bucket. */
export function stripRange(cell: PageCell): { from: number; to: number } {
  return { from: cell.seconds[0] ?? 0, to: (cell.seconds.at(-1) ?? 0) + cell.bucketSeconds };
}

/** Fills the strip's picture; x is seconds, y runs from 0 at the top to 100 at the bottom. */
export function drawStrip(svg: SVGSVGElement, cell: PageCell, histograms: PageHistograms): void {
  const { from, to } = stripRange(cell);
  svg.setAttribute('viewBox', `${from} 0 ${to - from} ${HEIGHT}`);
  const sent = rateOf(cell, cell.sums.requestsSent);
  const failed = rateOf(cell, cell.sums.requestsFailed);
  const p99 = histograms.bands(cell, watchedWait(cell))?.p99.values ?? [];
  const most = largest(sent);
  const slowest = largest(p99);
  const rows = (values: (number | null)[], start: number, scale: number) =>
    cell.seconds
      .map((second, bucket) => {
        const height = ((values[bucket] ?? 0) / scale) * 88;
        return `M${second} ${start}h${cell.bucketSeconds}v${-height}h${-cell.bucketSeconds}z`;
      })
      .join('');
  const line = cell.seconds.flatMap((second, bucket) => {
    const value = p99[bucket];
    return typeof value === 'number'
      ? [`${second + cell.bucketSeconds / 2} ${HEIGHT - (value / slowest) * 88}`]
      : [];
  });
  const measured = `M0 0h${cell.durationSeconds}v${HEIGHT}h${-cell.durationSeconds}z`;
  const events = cell.events.map(({ second }) => `M${second} 0v${HEIGHT}`).join('');
  svg.replaceChildren(
    path('measured', measured),
    path('sent', rows(sent, HEIGHT, most)),
    path('failed', rows(failed, HEIGHT, most)),
    ...(line.length > 1 ? [path('slow', `M${line.join('L')}`)] : []),
    path('events', events),
  );
}

function path(className: string, shape: string): SVGPathElement {
  const element = document.createElementNS(NAMESPACE, 'path');
  element.setAttribute('class', className);
  element.setAttribute('d', shape);
  return element;
}

function largest(values: (number | null)[]): number {
  return Math.max(
    values.reduce<number>((a, b) => Math.max(a, b ?? 0), 0),
    1e-9,
  );
}
