// The plain values of the pages that a real browser opened beside the load.
import type { CountSource, Metric } from './metric.ts';

/** What the rehearsal tells of the pages that a real browser opened beside the load, at p75, as Web Vitals are spoken of. */
const ofPages = <Name extends `page.${string}`>(name: Name, label: string, unit: 'ms' | '' = 'ms') => ({
  name,
  kind: 'told' as const,
  unit,
  label,
  better: 'lower' as const,
  changes: unit === 'ms' ? ('wait' as const) : ('amount' as const),
  needs: 'browsers' as const,
});

export const PAGE_VALUES = [
  ofPages('page.ttfbP75', 'first byte of a page in the browser, p75'),
  ofPages('page.fcpP75', 'first paint of a page in the browser, p75'),
  {
    ...ofPages('page.lcpP75', 'largest paint of a page in the browser (LCP), p75'),
    headline: { label: 'page painted in the browser', note: 'largest paint (LCP), 3 views of 4 at most' },
  },
  ofPages('page.inpP75', 'click to next paint in the browser (INP), p75'),
  ofPages('page.clsP75', 'layout shift of a page in the browser (CLS), p75', ''),
] as const satisfies readonly Metric<CountSource>[];
