// Each route of the shop: how often, how many failed, how slow.
import { formatMs, formatNumber } from '../../format.ts';
import { latencyOf, maxText, type QuantileName, quantileText } from '../../metric-names.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { Failures, LatencySummary, Metrics } from '../../record/result.ts';
import { html, type Markup } from '../markup.ts';
import { forEachVariant, numberCell, section, table } from './layout.ts';

const PREFIX = 'http.response/';

export function routeSection(run: FinishedRun): Markup {
  return section(
    'routes',
    'Routes',
    forEachVariant(run, ({ metrics, failures }) => routeTable(metrics, failures)),
    'Response time from the intended start, failures and timeouts included; service time from the send. Click a heading to sort.',
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
      return html`<tr><th scope="row">${route}</th>
${numberCell(formatNumber(response.count), response.count)}
${failedCount === null ? numberCell('–', -1) : numberCell(formatNumber(failedCount), failedCount)}
${quantile(response, 'p50')}${quantile(response, 'p95')}${quantile(response, 'p99')}
${numberCell(maxText(response), response.max)}
${service ? numberCell(formatMs(service.p50), service.p50) : numberCell('–', -1)}</tr>`;
    });
  const numbers = ['Count', 'Failed', 'p50', 'p95', 'p99', 'max', 'Service p50'];
  const columns = [{ label: 'Route' }, ...numbers.map((label) => ({ label, numeric: true }))];
  return table(columns, rows, { sortable: true });
}

function quantile(summary: LatencySummary, name: QuantileName): Markup {
  return numberCell(quantileText(summary, name), summary[name]);
}

/** Failures name their route before a status (`GET /cart 503`) or after a kind (`timeout GET /cart`). */
export function failedOf(route: string, failures: Failures): number {
  return Object.entries(failures)
    .filter(([kind]) => kind.startsWith(`${route} `) || kind.endsWith(` ${route}`))
    .reduce((sum, [, count]) => sum + count, 0);
}
