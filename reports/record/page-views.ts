// `pages.ndjson`: a line for each page of the storefront that a real browser opened beside the load, and what these views come to,
// page by page. They are no samples of the load: no histogram and no count of it has them.
import { max, quantile } from 'simple-statistics';
import Type, { type Static } from 'typebox';
import { plainValue } from '../metrics/find-metric.ts';
import type { Metrics } from './metric-summary.ts';

const Told = Type.Union([Type.Number(), Type.Null()]);

/** As sim/browser tells it; null where it did not happen, such as a click. */
export const PageViewRow = Type.Object({
  /** Of the measured span, in which the page was asked for. */
  second: Type.Integer(),
  /** `home`, `category`, `product`, `cart`, `checkout`. */
  page: Type.String(),
  /** It could not be used in time; `lcpMs` is then the deadline. */
  failed: Type.Boolean(),
  ttfbMs: Told,
  fcpMs: Told,
  lcpMs: Told,
  cls: Told,
  inpMs: Told,
});
export type PageViewRow = Static<typeof PageViewRow>;

export const PAGE_TIMINGS = ['ttfbMs', 'fcpMs', 'lcpMs', 'cls', 'inpMs'] as const;
export type PageTiming = (typeof PAGE_TIMINGS)[number];

/** Over the views that have it; `cls` is a score without a unit, the others are ms. */
const PageTimingSummary = Type.Object({
  count: Type.Integer(),
  p50: Type.Number(),
  p75: Type.Number(),
  max: Type.Number(),
});
type PageTimingSummary = Static<typeof PageTimingSummary>;

const Timing = Type.Union([PageTimingSummary, Type.Null()]);

/** What a browser measured of one page. Web Vitals are spoken of at p75. */
export const PageResult = Type.Object({
  page: Type.String(),
  viewCount: Type.Integer(),
  failedCount: Type.Integer(),
  /** Time to the first byte. */
  ttfbMs: Timing,
  /** First and largest contentful paint. */
  fcpMs: Timing,
  lcpMs: Timing,
  /** Cumulative layout shift. */
  cls: Timing,
  /** Interaction to next paint. */
  inpMs: Timing,
});
export type PageResult = Static<typeof PageResult>;

/** From so many views on one in four can lie beyond a p75; from fewer no limit on it is decided. */
const FEWEST_FOR_P75 = 4;

/** Page by page, in the order in which they were first seen. */
export function summarisePages(views: readonly PageViewRow[]): PageResult[] {
  return [...Map.groupBy(views, ({ page }) => page)].map(([page, own]) => ({
    page,
    viewCount: own.length,
    failedCount: own.filter(({ failed }) => failed).length,
    ttfbMs: summaryOf(own, 'ttfbMs'),
    fcpMs: summaryOf(own, 'fcpMs'),
    lcpMs: summaryOf(own, 'lcpMs'),
    cls: summaryOf(own, 'cls'),
    inpMs: summaryOf(own, 'inpMs'),
  }));
}

function summaryOf(views: readonly PageViewRow[], timing: PageTiming): PageTimingSummary | null {
  const values = views.flatMap((view) => view[timing] ?? []);
  if (values.length === 0) return null;
  return {
    count: values.length,
    p50: quantile(values, 0.5),
    p75: quantile(values, 0.75),
    max: max(values),
  };
}

/** `page.lcpP75` and its like over all pages; each is absent where fewer than four views have it. */
export function pageMetrics(views: readonly PageViewRow[]): Metrics {
  const metricOf = (
    name: 'page.ttfbP75' | 'page.fcpP75' | 'page.lcpP75' | 'page.clsP75' | 'page.inpP75',
    timing: PageTiming,
  ): Metrics => {
    const summary = summaryOf(views, timing);
    return summary === null || summary.count < FEWEST_FOR_P75 ? {} : plainValue(name, summary.p75);
  };
  return {
    ...metricOf('page.ttfbP75', 'ttfbMs'),
    ...metricOf('page.fcpP75', 'fcpMs'),
    ...metricOf('page.lcpP75', 'lcpMs'),
    ...metricOf('page.clsP75', 'cls'),
    ...metricOf('page.inpP75', 'inpMs'),
  };
}
