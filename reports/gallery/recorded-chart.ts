// A small drawing of what a single run recorded before it ended: requests sent and failed per second, as plain SVG, so
// that the page of a run without a result needs no script.

import { countOf, formatClock, formatNumber } from '../format/format.ts';
import { html, type Markup } from '../html/markup/markup.ts';
import type { Cell } from '../record/read-cell.ts';
import { rowCount, type SeriesRow } from '../record/series.ts';

const WIDTH = 600;
const HEIGHT = 90;

/** Nothing where fewer than two seconds were recorded. */
export function recordedChart(cell: Cell, name: string): Markup | null {
  const rows = cell.series;
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined || last.second <= first.second) return null;
  const largest = rows.reduce((most, row) => Math.max(most, rowCount(row, 'requestsSent')), 1);
  const place = (second: number) => ((second - first.second) / (last.second - first.second)) * WIDTH;
  const line = (read: (row: SeriesRow) => number) =>
    rows
      .map((row) => `${place(row.second).toFixed(1)},${(HEIGHT - (read(row) / largest) * HEIGHT).toFixed(1)}`)
      .join(' ');
  const measured = place(Math.min(last.second, Math.max(first.second, 0)));
  const label = `${name}: requests per second over ${countOf(rows.length, 'recorded second')}, at most ${formatNumber(largest)}`;
  return html`<figure class="chart recorded"><figcaption><h3>${name}</h3><p>requests per second: sent (line), failed (dashed); at most ${largest}; the upright stroke is the start of the measured span</p></figcaption>
<svg viewBox="0 -2 ${WIDTH} ${HEIGHT + 4}" preserveAspectRatio="none" role="img" aria-label="${label}">
<line class="start" x1="${measured}" x2="${measured}" y1="0" y2="${HEIGHT}"/>
<polyline class="sent" points="${line((row) => rowCount(row, 'requestsSent'))}"/>
<polyline class="failed" points="${line((row) => rowCount(row, 'requestsFailed'))}"/></svg>
<p class="ends"><span>${formatClock(first.second)}</span><span>${formatClock(last.second)}</span></p></figure>`;
}
