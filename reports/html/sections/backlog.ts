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
  const columns = columnsOf(run);
  const rows = shown.map(({ key, backlogs }) => {
    const cells = columns.map(({ read, unit }) => numberCell(medianAndWorst(backlogs.map(read), unit)));
    return html`<tr><th scope="row">${key}</th>${cells}</tr>`;
  });
  return html`<p class="lead">Orders that were sent and had no outcome yet, counted at the end of each second. Gone: from the last second of full load until a tenth of the most was open.${shown.some(({ backlogs }) => backlogs.length > 1) ? ' Median of the single runs, in brackets the worst.' : null}</p>
${table([{ label: '' }, ...columns.map(({ label }) => ({ label, numeric: true }))], rows, { className: 'compact' })}`;
}

type Column = { label: string; read: (backlog: Backlog) => number | null; unit: string };

/** Of a shop whose inside is not seen there is no broker to tell of, and failures have names that are its own. */
function columnsOf({ manifest }: FinishedRun): Column[] {
  const isOurs = manifest.shop === undefined;
  const lag: Column = {
    label: 'Most messages behind the broker',
    read: ({ mostLagCount }) => mostLagCount,
    unit: '',
  };
  const failed: Column = { label: 'Refused or failed', read: ({ failedCount }) => failedCount, unit: '' };
  return [
    { label: 'Most orders open', read: ({ mostOpenCount }) => mostOpenCount, unit: '' },
    ...(isOurs ? [lag] : []),
    {
      label: 'Gone after',
      read: ({ drainedAfterSeconds }) => drainedAfterSeconds ?? Number.POSITIVE_INFINITY,
      unit: ' s',
    },
    ...(isOurs ? [failed] : []),
  ];
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
