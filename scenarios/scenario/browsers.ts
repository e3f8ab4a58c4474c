// Real browsers beside the load: how many walk, and what is asked of the pages that they see.
import type { Threshold } from './threshold.ts';

/** Each window of Chromium takes a good part of a core from the machine that everything else is on. */
export const MOST_BROWSERS = 4;

export function browserCountOf({ browsers = 0 }: { browsers?: number }): number {
  return browsers;
}

/** What web.dev calls good, for three views of four (web.dev/articles/vitals). */
export const pageThresholds: Readonly<Record<string, Threshold>> = {
  'page-lcp-p75': { metric: 'page.lcpP75', statistic: 'value', atMost: 2_500 },
  'page-inp-p75': { metric: 'page.inpP75', statistic: 'value', atMost: 200 },
  'page-cls-p75': { metric: 'page.clsP75', statistic: 'value', atMost: 0.1 },
};
