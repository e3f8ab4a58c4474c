// A chart for each law of popularity: what a cache of each policy hits by its size, in the replay and in theory.
import type { CacheStudyRow } from '../../record/cache-study.ts';
import type { RunResult } from '../../record/result.ts';
import type { CurveChart } from './page-data.ts';

/** Laws in the reader's words. */
const LAWS: Readonly<Record<string, string>> = {
  catalogue: 'the shop’s own law of popularity',
  'zipf-1': 'Zipf’s law, exponent 1',
};

export const lawLabel = (law: string): string => LAWS[law] ?? law;

/** None where nothing was replayed. */
export function cacheCharts({ cacheStudy }: RunResult): CurveChart[] {
  const byLaw = Map.groupBy(cacheStudy?.rows ?? [], ({ law }) => law);
  return [...byLaw].map(([law, rows]) => ({
    id: `cache-${law}`,
    title: `Reads that hit, by size: ${lawLabel(law)}`,
    unit: 'ratio',
    axisUnit: 'entries',
    lines: [...Map.groupBy(rows, ({ policy }) => policy)].flatMap(([policy, own]) => linesOf(policy, own)),
  }));
}

function linesOf(policy: string, rows: CacheStudyRow[]): CurveChart['lines'] {
  if (policy === 'none') return [];
  const rising = rows.toSorted((a, b) => a.size - b.size);
  const line = (label: string, read: (row: CacheStudyRow) => number | null, isLimit: boolean) => ({
    label,
    rates: rising.map(({ size }) => size),
    values: rising.map(read),
    isLimit,
  });
  const replayed = line(policy, ({ hitRatio }) => hitRatio, false);
  const hasTheory = rows.every(({ expectedHitRatio }) => expectedHitRatio !== null);
  return hasTheory
    ? [replayed, line(`${policy} in theory`, ({ expectedHitRatio }) => expectedHitRatio, true)]
    : [replayed];
}
