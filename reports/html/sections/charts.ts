// Frames of the charts, in the page's order, with what each one shows in plain words; the client draws them.

import { formatPercent } from '../../format/format.ts';
import { variantKey } from '../../record/names.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { SeriesRow } from '../../record/series.ts';
import { ANSWERS_DIFFER, answersDiffer } from '../../words/answer-meaning.ts';
import { html, type Markup } from '../markup/markup.ts';
import { backlogTable } from './backlog.ts';
import { chartFigure, forEachVariant, hasSeveralVariants, numberCell, section, table } from './layout.ts';

const NOTHING = 'Nothing was recorded for this chart.';

/** What was asked of the shop: sessions and requests. */
export function loadSection(): Markup {
  const sessions = chartFigure({
    chart: 'sessions',
    title: 'Sessions planned, started and completed',
    note: 'per second; shaded: lead-in and drain, not measured',
    empty: NOTHING,
  });
  const requests = chartFigure({
    chart: 'requests',
    title: 'Requests sent and failed',
    note: 'per second',
    empty: NOTHING,
  });
  return section('load', 'Load', html`<div class="pair">${sessions}${requests}</div>`);
}

export function ordersSection(): Markup {
  const orders = chartFigure({
    chart: 'orders',
    title: 'Orders attempted, confirmed and rejected',
    note: 'per second',
    empty: NOTHING,
  });
  const confirmed = chartFigure({
    chart: 'bands/order.confirmed',
    title: 'Order confirmed',
    note: 'ms from the click to the message; p50, p95 and p99 of each time bucket',
    empty: 'No order was confirmed.',
  });
  return section('orders', 'Orders', html`<div class="pair">${orders}${confirmed}</div>`);
}

export function latencySection(run: FinishedRun): Markup {
  const note = 'ms; the axis is spaced by nines and ends where fewer than five samples lie beyond';
  const figure = (chart: string, title: string, more = '') =>
    chartFigure({ chart, title, note: `${note}${more}`, empty: NOTHING });
  const [first, ...others] = Object.values(run.result.variants);
  const isOfTwoThings = others.some(({ metrics }) => answersDiffer(metrics, first?.metrics ?? {}));
  const meaning = isOfTwoThings ? `. ${ANSWERS_DIFFER}` : '';
  const response = chartFigure({
    chart: 'bands/http.response',
    title: 'HTTP response over time',
    note: 'ms from the intended start; p50, p95 and p99 of each time bucket',
    empty: NOTHING,
  });
  const curves = hasSeveralVariants(run)
    ? [
        figure('percentiles/order.confirmed', 'Order confirmed by percentile'),
        figure('percentiles/http.response', 'HTTP response by percentile, from the intended start', meaning),
        figure('percentiles/http.service', 'HTTP service by percentile, from the send', meaning),
      ]
    : [figure('percentiles', 'How slow for how many: latency by percentile')];
  return section('latency', 'Latency', html`<div class="pair">${curves}${response}</div>`);
}

/** The broker's backlog, sessions that pile up, and the instrument's own delays. */
export function lagSection(run: FinishedRun): Markup {
  const lag = chartFigure({
    chart: 'lag',
    title: 'Messages not yet committed by the consumers',
    note: 'messages; the largest of each time bucket',
    empty: 'No broker in this path: there is no consumer that could lag.',
  });
  const active = chartFigure({
    chart: 'active',
    title: 'Sessions open at once',
    note: 'mean of each time bucket',
    empty: NOTHING,
  });
  return section('lag', 'What piles up', html`<div class="pair">${lag}${active}</div>${backlogTable(run)}`);
}

export function processSection(run: FinishedRun): Markup {
  const cpu = chartFigure({
    chart: 'cpu',
    title: 'CPU of each process, stacked',
    note: 'share of one core: 100 % is one core fully used',
    empty: NOTHING,
  });
  const memory = chartFigure({
    chart: 'memory',
    title: 'Memory of each process',
    note: 'MB resident; the largest of each time bucket',
    empty: NOTHING,
  });
  const generator = chartFigure({
    chart: 'generator',
    title: 'Lateness of the load generator',
    note: 'ms; the largest p99 of a second in each time bucket',
    empty: NOTHING,
  });
  return section(
    'processes',
    'CPU, memory and the generator',
    html`<div class="pair">${cpu}${memory}${generator}<div>${forEachVariant(run, (_, key) => processTable(run, key))}</div></div>`,
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
${numberCell(formatPercent(meanCpu), meanCpu, `cpu ${name}`)}${numberCell(formatPercent(maxCpu), maxCpu, `cpuPeak ${name}`)}${numberCell(maxMemory === null ? '–' : `${Math.round(maxMemory / 1e6)} MB`, maxMemory ?? 0, `memory ${name}`)}</tr>`,
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
