// What a real browser saw beside the load, in sentences: for the terminal. The page has the table.
import { countOf, formatMs, formatNumber } from '../format/format.ts';
import type { PageResult, PageTiming } from '../record/page-views.ts';
import type { RunResult } from '../record/result.ts';

/** A timing as it is called, and whether it is a score instead of a time. */
export const TIMING_NAMES: Readonly<Record<PageTiming, { short: string; name: string; isScore?: true }>> = {
  ttfbMs: { short: 'TTFB', name: 'first byte' },
  fcpMs: { short: 'FCP', name: 'first thing painted' },
  lcpMs: { short: 'LCP', name: 'largest thing painted' },
  cls: { short: 'CLS', name: 'layout shift', isScore: true },
  inpMs: { short: 'INP', name: 'click to next paint' },
};

/** "320 ms", "0.02"; a dash for what was not measured. */
export function timingText(page: PageResult, timing: PageTiming): string {
  const value = page[timing]?.p75;
  if (value === undefined) return '–';
  return TIMING_NAMES[timing].isScore === true ? formatNumber(value, 2) : formatMs(value);
}

const TOLD: readonly PageTiming[] = ['lcpMs', 'inpMs', 'cls'];

/** "home LCP 320 ms, INP 24 ms, CLS 0.02 (12 views)". */
function pageText(page: PageResult): string {
  const timings = TOLD.filter((timing) => page[timing] !== null);
  const told = timings.map((timing) => `${TIMING_NAMES[timing].short} ${timingText(page, timing)}`);
  const failed = page.failedCount === 0 ? '' : `, ${formatNumber(page.failedCount)} failed`;
  return `${page.page} ${told.join(', ')} (${countOf(page.viewCount, 'view')}${failed})`;
}

/** A sentence for each variant beside whose load a browser walked. */
export function pageSentences({ variants }: Pick<RunResult, 'variants'>): string[] {
  const several = Object.keys(variants).length > 1;
  return Object.entries(variants).flatMap(([name, { pages = [] }]) =>
    pages.length === 0
      ? []
      : [
          `What the shopper saw in Chromium${several ? ` beside ${name}` : ''}, 3 of 4 at most: ${pages.map(pageText).join('; ')}.`,
        ],
  );
}
