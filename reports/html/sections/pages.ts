// What the shopper saw: the timings of a real browser page by page, beside the waits that the load measured of the same routes.

import { formatNumber } from '../../format/format.ts';
import { PAGE_TIMINGS, type PageResult } from '../../record/page-views.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { Metrics } from '../../record/result.ts';
import { latencyOf } from '../../words/metric-names.ts';
import { TIMING_NAMES, timingText } from '../../words/page-words.ts';
import { quantileText } from '../../words/quantile.ts';
import { html, type Markup } from '../markup/markup.ts';
import { forEachVariant, labelledTable, section } from './layout.ts';

/** The wait of the load that stands beside a page: of what the page is mostly made of. */
const BESIDE: Readonly<Record<string, { metric: string; label: string }>> = {
  home: { metric: 'http.response/GET /products', label: 'GET /products' },
  category: { metric: 'http.response/GET /products', label: 'GET /products' },
  product: { metric: 'http.response/GET /products/:id', label: 'GET /products/:id' },
  cart: { metric: 'http.response/GET /cart', label: 'GET /cart' },
  checkout: { metric: 'order.confirmed', label: 'order confirmed' },
};

const COLUMNS = [
  { label: 'Views' },
  { label: 'Failed' },
  ...PAGE_TIMINGS.map((timing) => ({ label: `${TIMING_NAMES[timing].short} p75` })),
  { label: 'The load’s own', isText: true },
  { label: 'Its p50' },
  { label: 'Its p95' },
];

/** Nothing for a run without a browser. */
export function pagesSection(run: FinishedRun): Markup | null {
  if (Object.values(run.result.variants).every(({ pages = [] }) => pages.length === 0)) return null;
  return section(
    'pages',
    'What the shopper saw',
    html`${forEachVariant(run, ({ pages = [], metrics }) => pagesTable(pages, metrics))}
<p class="aside">${PAGE_TIMINGS.map((timing) => `${TIMING_NAMES[timing].short}: ${TIMING_NAMES[timing].name}`).join(' · ')}. “Good” is LCP ≤ 2.5 s, INP ≤ 200 ms and CLS ≤ 0.1, each for 3 views of 4.</p>`,
    'Chromium walked through the storefront while the load ran: timings as the browser itself measured them, at p75. Each page was opened as a document of its own, looked at for 3 s and clicked once. It runs on the same machine far behind everything else, so that the shop keeps its cores: its own times carry the cost and are upper bounds; they are in no figure of the load. Beside them the load’s own wait for what the page is mostly made of. A page that could not be used within 15 s counts as failed, and its LCP as that time.',
  );
}

function pagesTable(pages: readonly PageResult[], metrics: Metrics): Markup {
  if (pages.length === 0) return html`<p class="aside">No browser walked beside this one.</p>`;
  const rows = pages.map((page) => ({
    name: page.page,
    cells: [...timingCells(page), ...besideCells(page, metrics)],
  }));
  return labelledTable('Page', COLUMNS, rows);
}

function timingCells(page: PageResult): (string | Markup)[] {
  return [
    formatNumber(page.viewCount),
    formatNumber(page.failedCount),
    ...PAGE_TIMINGS.map((timing) => {
      const { count } = page[timing] ?? { count: page.viewCount };
      // Where not every view has it, it is said of how many this is.
      return count === page.viewCount
        ? timingText(page, timing)
        : html`${timingText(page, timing)}<small>of ${formatNumber(count)}</small>`;
    }),
  ];
}

function besideCells({ page }: PageResult, metrics: Metrics): string[] {
  const beside = BESIDE[page];
  const summary = beside && latencyOf(metrics, beside.metric);
  if (beside === undefined || summary === undefined) return ['–', '–', '–'];
  return [beside.label, quantileText(summary, 'p50'), quantileText(summary, 'p95')];
}
