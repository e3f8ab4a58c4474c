// What is shown at a moment: the view that charts, tables and jumps read. Pure; the address it comes from is view.ts's.
import { HTTP_RESPONSE, ORDER_CONFIRMED } from '../../../metrics/latencies.ts';
import type { PageCell, PageData } from '../../data/page-data.ts';
import type { PageHistograms } from './page-histograms.ts';
import type { Span } from './span.ts';

export type View = {
  data: PageData;
  histograms: PageHistograms;
  /** Key of the variant whose parts are shown. */
  variant: string;
  level: string | null;
  /** What the charts over time show: one block, or all. */
  cell: PageCell | undefined;
  /** What tables are made from: all blocks of a variant. */
  tableCell(variant: string): PageCell | undefined;
  /** The metric of the route that is looked at: `http.response/GET /cart`. */
  routeMetric: string;
  /** Null: the whole run. */
  span: Span | null;
};

/** All routes together, as a metric. */
export const ALL_ROUTES = HTTP_RESPONSE.name;

/** The cell that holds a metric's histograms: the shown one, or that of all blocks, where single blocks have few. */
export function cellWith(view: View, metric: string): PageCell | undefined {
  const { cell } = view;
  return cell && metric in cell.histograms ? cell : view.tableCell(view.variant);
}

/** The wait that the strip shows and the slowest moment is sought by: that of orders, or of requests where nobody ordered. */
export function watchedWait(cell: PageCell): string {
  return ORDER_CONFIRMED.name in cell.histograms ? ORDER_CONFIRMED.name : HTTP_RESPONSE.name;
}

/** Names of the routes of a page, as metrics, most asked for first; all routes together come before them. */
export function routeMetrics({ data, histograms, tableCell, variant }: View): string[] {
  const cell = tableCell(variant);
  const names = new Set(data.cells.flatMap((own) => Object.keys(own.histograms)));
  const routes = [...names].filter((name) => name.startsWith(`${ALL_ROUTES}/`));
  const countOf = (metric: string) => (cell && histograms.summary(cell, metric, null)?.count) ?? 0;
  const counts = new Map(routes.map((metric) => [metric, countOf(metric)]));
  return [ALL_ROUTES, ...routes.sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))];
}
