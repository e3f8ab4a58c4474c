// Each route of the shop: how often, how many failed, how slow.

import { formatNumber } from '../../format/format.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { Failures, Metrics } from '../../record/result.ts';
import { isOfRoute, latencyOf } from '../../words/metric-names.ts';
import { maxText, quantileSort, quantileText } from '../../words/quantile.ts';
import { html, type Markup } from '../markup/markup.ts';
import { chartFigure, forEachVariant, numberCell, section, table } from './layout.ts';

const PREFIX = 'http.response/';
const QUANTILES = ['p50', 'p95', 'p99'] as const;

export function routeSection(run: FinishedRun): Markup {
  return section(
    'routes',
    'Routes',
    html`${forEachVariant(run, ({ metrics, failures }) => routeTable(metrics, failures))}
<p class="jumps"><label>Route <select id="band-metric"></select></label> <button type="button" data-jump="slowest-route">Slowest route</button> <button type="button" data-jump="failed-route">Most failed route</button></p>
${routeFigures()}`,
    'Response time from the intended start, failures and timeouts included; service time from the send. Click a route to see it over time, a heading to sort.',
  );
}

function routeTable(metrics: Metrics, failures: Failures | undefined): Markup {
  const routes = Object.keys(metrics).filter((metric) => metric.startsWith(PREFIX));
  if (routes.length === 0) return html`<p class="aside">No route was recorded by itself.</p>`;
  const lines = routes.flatMap((metric) => {
    const response = latencyOf(metrics, metric);
    return response ? [{ route: metric.slice(PREFIX.length), response }] : [];
  });
  const rows = lines
    .sort((a, b) => b.response.count - a.response.count)
    .map(({ route, response }) => {
      const service = latencyOf(metrics, `http.service/${route}`);
      const failedCount = failures === undefined ? null : failedOf(route, failures);
      const metric = `${PREFIX}${route}`;
      return html`<tr><th scope="row"><button type="button" class="drill" data-route="${metric}" title="${`${route} over time`}">${route}</button></th>
${numberCell(formatNumber(response.count), response.count, `count ${metric}`)}
${failedCount === null ? numberCell('–', -1, `failed ${metric}`) : numberCell(formatNumber(failedCount), failedCount, `failed ${metric}`)}
${QUANTILES.map((name) => numberCell(quantileText(response, name), quantileSort(response, name), `${name} ${metric}`))}
${numberCell(maxText(response), response.max, `max ${metric}`)}
${service ? numberCell(quantileText(service, 'p50'), quantileSort(service, 'p50'), `p50 http.service/${route}`) : numberCell('–', -1)}</tr>`;
    });
  const numbers = ['Count', 'Failed', 'p50', 'p95', 'p99', 'max', 'Service p50'];
  const columns = [{ label: 'Route' }, ...numbers.map((label) => ({ label, numeric: true }))];
  return table(columns, rows, { sortable: true });
}

/** The failures of a route, over all kinds. */
export function failedOf(route: string, failures: Failures): number {
  return Object.entries(failures)
    .filter(([kind]) => isOfRoute(kind, route))
    .reduce((sum, [, count]) => sum + count, 0);
}

/** The chosen route over time; the client sets the titles. */
function routeFigures(): Markup {
  const bands = chartFigure({
    chart: 'route',
    title: 'Response time of a route',
    note: 'ms; p50, p95 and p99 of each time bucket; failures and timeouts count at the time they took',
    empty: 'Nothing was recorded for this route.',
  });
  const load = chartFigure({
    chart: 'route-load',
    title: 'Requests of a route',
    note: 'per second; answered or cut off, and failed where the record tells failures by second',
    empty: 'Nothing was recorded for this route.',
  });
  return html`<div class="pair" id="route">${bands}${load}</div>`;
}
