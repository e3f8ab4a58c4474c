// The ways through the shop, stage after stage: where the time of an order from the click to the message went, and that of an act
// to its lists.

import { formatMs, formatPercent } from '../../format/format.ts';
import { stagesOfMetric } from '../../metrics/find-metric.ts';
import { ORDER_CONFIRMED, RECOMMENDATION_SHOWN } from '../../metrics/latencies.ts';
import type { LatencyMetric } from '../../metrics/metric.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { LatencySummary, Metrics } from '../../record/result.ts';
import { latencyOf } from '../../words/metric-names.ts';
import { meanText, quantileText } from '../../words/quantile.ts';
import { isTold } from '../../words/recorded.ts';
import { isUnseen } from '../../words/unseen.ts';
import { html, type Markup } from '../markup/markup.ts';
import { forEachVariant, numberCell, section, table } from './layout.ts';
import { capitalised } from './time-charts.ts';

/** What the stages leave unexplained is shown from this share of their sum on. */
const SHOWN_REST_RATIO = 0.02;

type Stage = { metric: LatencyMetric; summary: LatencySummary; startMs: number };

/** A wait whose stages are told, in the words of its section. */
type Way = {
  whole: typeof ORDER_CONFIRMED | typeof RECOMMENDATION_SHOWN;
  id: string;
  heading: string;
  nothing: string;
  cutOff: string;
  /** What is said where no stage needs the broker; null where none ever does. */
  withoutBroker: string | null;
};

const WAYS: readonly Way[] = [
  {
    whole: ORDER_CONFIRMED,
    id: 'stages',
    heading: 'An order’s way',
    nothing: 'No order’s stages were recorded.',
    cutOff: 'orders cut off at their deadline have no stages',
    withoutBroker: 'No broker in this path: the order is written within its request.',
  },
  {
    whole: RECOMMENDATION_SHOWN,
    id: 'list-stages',
    heading: 'An act’s way to its lists',
    nothing: 'No act’s stages were recorded.',
    cutOff: 'acts that no list answered have no stages',
    withoutBroker: null,
  },
];

/** Those of what the run tells of; none of a shop whose inside was not seen. */
export function waterfallSections(run: FinishedRun): Markup[] {
  if (isUnseen(run)) return [];
  return WAYS.filter(({ whole }) => isTold(whole.needs, run.result.variants)).map((way) =>
    section(
      way.id,
      way.heading,
      forEachVariant(run, ({ metrics }) => waterfall(metrics, way)),
      'Mean time in each stage, one after the other. Shares are of the means’ sum, because medians do not add up.',
    ),
  );
}

function waterfall(metrics: Metrics, way: Way): Markup {
  const stages = stagesOf(metrics, way);
  if (stages.length === 0) return html`<p class="aside">${way.nothing}</p>`;
  const totalMs = stages.reduce((sum, stage) => sum + stage.summary.mean, 0);
  const hasBroker = stages.some(({ metric }) => metric.needs === 'broker');
  const columns = [
    { label: 'Stage' },
    { label: '' },
    ...['Median', 'Mean', 'Share'].map((label) => ({ label, numeric: true })),
  ];
  const rows = [...stages.map((stage) => stageRow(stage, totalMs)), ...wholeRows(metrics, way, totalMs)];
  return html`${table(columns, rows, { className: 'waterfall' })}
${hasBroker || way.withoutBroker === null ? null : html`<p class="aside">${way.withoutBroker}</p>`}`;
}

function stageRow({ metric: { name, stage }, summary, startMs }: Stage, totalMs: number): Markup {
  return html`<tr><th scope="row">${stage?.name}<small>${stage?.explanation}</small></th>
<td class="bar-cell"><div class="bar" data-stage="${name}" style="margin-left:${percent(startMs, totalMs)};width:${percent(summary.mean, totalMs)}"></div></td>
${numberCell(quantileText(summary, 'p50'), undefined, `p50 ${name}`)}${numberCell(formatMs(summary.mean), undefined, `mean ${name}`)}${numberCell(formatPercent(summary.mean / Math.max(totalMs, 1e-9), 0), undefined, `share ${name}`)}</tr>`;
}

/** The whole, after what the stages leave unexplained of it. */
function wholeRows(metrics: Metrics, { whole: metric, cutOff }: Way, totalMs: number): Markup[] {
  const { name, label, measured } = metric;
  const whole = latencyOf(metrics, name);
  const restMs = (whole?.mean ?? 0) - totalMs;
  const restRow = html`<tr><th scope="row">Not in a stage<small>mean of the whole minus the stages; ${cutOff}</small></th>
<td class="bar-cell"></td><td></td>${numberCell(formatMs(restMs), undefined, `rest ${name}`)}<td></td></tr>`;
  const wholeRow = html`<tr class="total"><th scope="row">${capitalised(label)}<small>${measured}, as the shopper saw it</small></th>
<td class="bar-cell"></td>${numberCell(whole ? quantileText(whole, 'p50') : '–', undefined, `p50 ${name}`)}${numberCell(whole ? meanText(whole) : formatMs(totalMs), undefined, `mean ${name}`)}<td></td></tr>`;
  return [...(restMs > totalMs * SHOWN_REST_RATIO ? [restRow] : []), wholeRow];
}

function stagesOf(metrics: Metrics, { whole }: Way): Stage[] {
  let startMs = 0;
  return stagesOfMetric(whole.name).flatMap((metric) => {
    const summary = latencyOf(metrics, metric.name);
    if (!summary || summary.count === 0) return [];
    const placed = { metric, summary, startMs };
    startMs += summary.mean;
    return [placed];
  });
}

function percent(part: number, whole: number): string {
  return `${(whole === 0 ? 0 : (part / whole) * 100).toFixed(2)}%`;
}
