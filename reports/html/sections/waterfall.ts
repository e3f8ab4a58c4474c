// An order's way through the shop, stage after stage: where the time from the click to the message went.

import { formatMs, formatPercent } from '../../format/format.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { LatencySummary, Metrics } from '../../record/result.ts';
import { latencyOf } from '../../words/metric-names.ts';
import { meanText, quantileText } from '../../words/quantile.ts';
import { html, type Markup } from '../markup/markup.ts';
import { forEachVariant, numberCell, section, table } from './layout.ts';

const STAGES: { metric: string; name: string; explanation: string }[] = [
  { metric: 'stage.http', name: 'HTTP', explanation: 'the request reaches the shop and is taken in' },
  {
    metric: 'stage.broker',
    name: 'Broker',
    explanation: 'the order waits in its topic until a consumer has it',
  },
  { metric: 'stage.consumer', name: 'Consumer', explanation: 'the order waits for its batch to begin' },
  {
    metric: 'stage.commit',
    name: 'Commit',
    explanation: 'stock, payment and order are written in one transaction',
  },
  { metric: 'stage.push', name: 'Push', explanation: 'the outcome travels to the shopper’s socket' },
];

/** What the stages leave unexplained is shown from this share of their sum on. */
const SHOWN_REST_RATIO = 0.02;

type Stage = (typeof STAGES)[number] & { summary: LatencySummary; startMs: number };

export function waterfallSection(run: FinishedRun): Markup {
  return section(
    'stages',
    'An order’s way',
    forEachVariant(run, ({ metrics }) => waterfall(metrics)),
    'Mean time in each stage, one after the other. Shares are of the means’ sum, because medians do not add up.',
  );
}

function waterfall(metrics: Metrics): Markup {
  const stages = stagesOf(metrics);
  if (stages.length === 0) return html`<p class="aside">No order’s stages were recorded.</p>`;
  const totalMs = stages.reduce((sum, stage) => sum + stage.summary.mean, 0);
  const rows = stages.map(
    ({
      metric,
      name,
      explanation,
      summary,
      startMs,
    }) => html`<tr><th scope="row">${name}<small>${explanation}</small></th>
<td class="bar-cell"><div class="bar" data-stage="${metric}" style="margin-left:${percent(startMs, totalMs)};width:${percent(summary.mean, totalMs)}"></div></td>
${numberCell(quantileText(summary, 'p50'), undefined, `p50 ${metric}`)}${numberCell(formatMs(summary.mean), undefined, `mean ${metric}`)}${numberCell(formatPercent(summary.mean / Math.max(totalMs, 1e-9), 0), undefined, `share ${metric}`)}</tr>`,
  );
  const whole = latencyOf(metrics, 'order.confirmed');
  const restMs = (whole?.mean ?? 0) - totalMs;
  const restRow = html`<tr><th scope="row">Not in a stage<small>mean of the whole minus the stages; orders cut off at their deadline have no stages</small></th>
<td class="bar-cell"></td><td></td>${numberCell(formatMs(restMs), undefined, 'rest order.confirmed')}<td></td></tr>`;
  const wholeRow = html`<tr class="total"><th scope="row">Order confirmed<small>from the click to the message, as the shopper saw it</small></th>
<td class="bar-cell"></td>${numberCell(whole ? quantileText(whole, 'p50') : '–', undefined, 'p50 order.confirmed')}${numberCell(whole ? meanText(whole) : formatMs(totalMs), undefined, 'mean order.confirmed')}<td></td></tr>`;
  const hasBroker = stages.some(({ metric }) => metric === 'stage.broker');
  const columns = [
    { label: 'Stage' },
    { label: '' },
    ...['Median', 'Mean', 'Share'].map((label) => ({ label, numeric: true })),
  ];
  return html`${table(columns, [...rows, ...(restMs > totalMs * SHOWN_REST_RATIO ? [restRow] : []), wholeRow], { className: 'waterfall' })}
${hasBroker ? null : html`<p class="aside">No broker in this path: the order is written within its request.</p>`}`;
}

function stagesOf(metrics: Metrics): Stage[] {
  let startMs = 0;
  return STAGES.flatMap((stage) => {
    const summary = latencyOf(metrics, stage.metric);
    if (!summary || summary.count === 0) return [];
    const placed = { ...stage, summary, startMs };
    startMs += summary.mean;
    return [placed];
  });
}

function percent(part: number, whole: number): string {
  return `${(whole === 0 ? 0 : (part / whole) * 100).toFixed(2)}%`;
}
