// What piled up, in figures: the orders that were open, where they waited and when they were gone.

import { formatNumber } from '../../format/format.ts';
import { variantKey } from '../../record/names.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import { type Backlog, backlogOf } from '../../words/backlog.ts';
import { html, type Markup } from '../markup/markup.ts';
import { numberCell, table } from './layout.ts';

/** Of every variant, the median of its single runs and the worst of them. */
export function backlogTable(run: FinishedRun): Markup | null {
  const groups = Object.keys(run.result.variants).map((key) => {
    const cells = run.cells.filter((cell) => variantKey(cell) === key && cell.series.length > 0);
    return { key, backlogs: cells.map(({ series }) => backlogOf(series)) };
  });
  const shown = groups.filter(({ backlogs }) => backlogs.some(({ mostOpenCount }) => mostOpenCount > 0));
  if (shown.length === 0) return null;
  const columns = ['Most orders open', 'Most messages behind the broker', 'Gone after', 'Refused or failed'];
  const rows = shown.map(({ key, backlogs }) => {
    const cell = (read: (backlog: Backlog) => number | null, unit = '') =>
      numberCell(medianAndWorst(backlogs.map(read), unit));
    return html`<tr><th scope="row">${key}</th>${cell((backlog) => backlog.mostOpenCount)}${cell((backlog) => backlog.mostLagCount)}${cell((backlog) => backlog.drainedAfterSeconds ?? Number.POSITIVE_INFINITY, ' s')}${cell((backlog) => backlog.failedCount)}</tr>`;
  });
  return html`<p class="lead">Orders that were sent and had no outcome yet, counted at the end of each second. Gone: from the last second of full load until a tenth of the most was open.${shown.some(({ backlogs }) => backlogs.length > 1) ? ' Median of the single runs, in brackets the worst.' : null}</p>
${table([{ label: '' }, ...columns.map((label) => ({ label, numeric: true }))], rows, { className: 'compact' })}`;
}

/** "12 s (31 s)"; "–" where there is nothing to count, "not within the run" for what never ended. */
function medianAndWorst(values: (number | null)[], unit: string): string {
  const known = values.flatMap((value) => value ?? []).sort((a, b) => a - b);
  const text = (value: number) =>
    Number.isFinite(value) ? `${formatNumber(value)}${unit}` : 'not within the run';
  const median = known[Math.floor((known.length - 1) / 2)];
  const worst = known.at(-1);
  if (median === undefined || worst === undefined) return '–';
  return known.length === 1 ? text(worst) : `${text(median)} (${text(worst)})`;
}
