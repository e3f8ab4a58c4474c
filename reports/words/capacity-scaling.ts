// What further API processes brought: the rates of one transport beside each other, and the scalability law where there
// are enough of them for it.

import { formatNumber, formatPercent } from '../format/format.ts';
import type { CapacityResult } from '../record/result.ts';
import { fitScalabilityLaw } from '../statistics/scalability-law.ts';

/** One sentence for each transport that was confirmed with at least two numbers of API processes. */
export function scalingSentences(results: readonly CapacityResult[]): string[] {
  const byTransport = Map.groupBy(results, ({ transport }) => transport);
  return [...byTransport].flatMap(([transport, own]) => {
    // A lower bound says nothing of how far a process more would carry.
    const points = own.flatMap(({ apiProcesses, sustainedPerSecond, outcome }) =>
      sustainedPerSecond === null || outcome !== 'found'
        ? []
        : [{ load: apiProcesses, throughput: sustainedPerSecond }],
    );
    const [first, ...others] = points.toSorted((a, b) => a.load - b.load);
    if (first === undefined || others.length === 0) return [];
    const ratios = others.map(
      ({ load, throughput }) =>
        `${load} API processes carry ${formatNumber(throughput / first.throughput)} times as much as ${first.load}`,
    );
    return [`${transport}: ${ratios.join(', ')}. ${lawSentence(points)}`];
  });
}

/** The fitted law, never spoken of beyond twice the largest number measured, or why there is none. */
function lawSentence(points: { load: number; throughput: number }[]): string {
  const fit = fitScalabilityLaw(points);
  if (fit.outcome === 'refused') return `No scalability law: ${fit.footnote}.`;
  const peak =
    fit.peakLoad === null
      ? `no peak within twice the largest number measured (${fit.largestMeasuredLoad})`
      : `most with ${formatNumber(fit.peakLoad, 1)} processes`;
  return `Scalability law: ${formatPercent(fit.alpha)} of the work waits for what is shared, ${formatPercent(fit.beta, 2)} is spent on agreement; ${peak}.`;
}
