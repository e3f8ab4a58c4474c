// Frames of the charts, in the page's order, with what each one shows in plain words; the client draws them.

import { formatBytes, formatPercent } from '../../format/format.ts';
import { NOTHING_RECORDED } from '../../metrics/charts.ts';
import { variantKey } from '../../record/names.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { SeriesRow } from '../../record/series.ts';
import { ANSWERS_DIFFER, answersDiffer } from '../../words/answer-meaning.ts';
import { isTold } from '../../words/recorded.ts';
import { isUnseen } from '../../words/unseen.ts';
import { html, type Markup } from '../markup/markup.ts';
import { backlogTable } from './backlog.ts';
import { chartFigure, forEachVariant, hasSeveralVariants, numberCell, section, table } from './layout.ts';
import { curves, timeCharts } from './time-charts.ts';

/** What was asked of the shop: sessions and requests. */
export function loadSection({ result }: FinishedRun): Markup {
  return section('load', 'Load', html`<div class="pair">${timeCharts('load', result.variants)}</div>`);
}

/** Nothing for a run in which nobody was to order. */
export function ordersSection(run: FinishedRun): Markup | null {
  const { variants } = run.result;
  if (!isTold('orders', variants)) return null;
  return section(
    'orders',
    'Orders',
    html`<div class="pair">${timeCharts('orders', variants, isUnseen(run))}</div>`,
  );
}

export function latencySection(run: FinishedRun): Markup {
  const note = 'ms; the axis is spaced by nines and ends where fewer than five samples lie beyond';
  const figure = (chart: string, title: string, more = '') =>
    chartFigure({ chart, title, note: `${note}${more}`, empty: NOTHING_RECORDED });
  const { variants } = run.result;
  const [first, ...others] = Object.values(variants);
  const isOfTwoThings = others.some(({ metrics }) => answersDiffer(metrics, first?.metrics ?? {}));
  const meaning = isOfTwoThings ? `. ${ANSWERS_DIFFER}` : '';
  const byPercentile = hasSeveralVariants(run)
    ? curves(variants).map(({ metric: { name, endsWithAnswer }, title }) =>
        figure(`percentiles/${name}`, title, endsWithAnswer ? meaning : ''),
      )
    : [figure('percentiles', 'How slow for how many: latency by percentile')];
  return section(
    'latency',
    'Latency',
    html`<div class="pair">${byPercentile}${timeCharts('latency', variants)}</div>`,
  );
}

/** The backlog on the way of the orders, and sessions that pile up. */
export function lagSection(run: FinishedRun): Markup {
  return section(
    'lag',
    'What piles up',
    html`<div class="pair">${timeCharts('lag', run.result.variants, isUnseen(run))}</div>${backlogTable(run)}`,
  );
}

/** What the processes used, and the instrument's own delays. */
export function processSection(run: FinishedRun): Markup {
  const cpu = chartFigure({
    chart: 'cpu',
    title: 'CPU of each process, stacked',
    note: 'share of one core: 100 % is one core fully used',
    empty: NOTHING_RECORDED,
  });
  const memory = chartFigure({
    chart: 'memory',
    title: 'Memory of each process',
    note: 'MB resident; the largest of each time bucket',
    empty: NOTHING_RECORDED,
  });
  return section(
    'processes',
    isUnseen(run) ? 'The generator' : 'CPU, memory and the generator',
    html`<div class="pair">${cpu}${memory}${timeCharts('processes', run.result.variants)}<div>${forEachVariant(run, (_, key) => processTable(run, key))}</div></div>`,
  );
}

/** Means over the measured spans of a variant's single runs. */
function processTable(run: FinishedRun, key: string): Markup {
  const rows = run.cells
    .filter((cell) => variantKey(cell) === key)
    .flatMap((cell) => cell.series.filter((row) => row.phase === 'measure'));
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.cpuRatios)))];
  const lines = names
    .map((name) => ({ name, ...usage(rows, name) }))
    .sort((a, b) => b.meanCpu - a.meanCpu)
    .map(
      ({ name, meanCpu, maxCpu, maxMemory }) => html`<tr><th scope="row">${name}</th>
${numberCell(formatPercent(meanCpu), meanCpu, `cpu ${name}`)}${numberCell(formatPercent(maxCpu), maxCpu, `cpuPeak ${name}`)}${numberCell(maxMemory === null ? '–' : formatBytes(maxMemory), maxMemory ?? 0, `memory ${name}`)}</tr>`,
    );
  const columns = ['CPU, mean', 'CPU, busiest second', 'Memory, largest'].map((label) => ({
    label,
    numeric: true,
  }));
  return table([{ label: 'Process' }, ...columns], lines, { className: 'compact' });
}

function usage(rows: SeriesRow[], name: string) {
  const cpu = rows.map((row) => row.cpuRatios[name] ?? 0);
  const memory = rows.flatMap((row) => row.memoryBytes[name] ?? []);
  const max = (values: number[]) => values.reduce((a, b) => Math.max(a, b), 0);
  return {
    meanCpu: cpu.reduce((a, b) => a + b, 0) / Math.max(1, cpu.length),
    maxCpu: max(cpu),
    maxMemory: memory.length === 0 ? null : max(memory),
  };
}
