// A chart for each law of popularity: what a cache of each policy hits by its size, in the replay and in theory.
import type { CacheStudyRow } from '../../record/cache-study.ts';
import type { RunResult } from '../../record/result.ts';
import type { CurveChart } from './page-data.ts';

/** Laws in the reader's words. */
const LAWS: Readonly<Record<string, string>> = {
  catalogue: 'the shop’s own law of popularity',
  'zipf-1': 'Zipf’s law, exponent 1',
  recorded: 'what shoppers of this run read',
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

/** Those whose lines can be told apart; the table beside the charts has all. */
const DRAWN = ['worker', 'read-through', 'redis-lru', 'ttl', 'write-invalidate'];
/** Theory lies on the replay, so it is drawn where the formulas have names. */
const DRAWN_IN_THEORY = ['read-through', 'ttl'];

function linesOf(policy: string, rows: CacheStudyRow[]): CurveChart['lines'] {
  if (!DRAWN.includes(policy)) return [];
  const rising = rows.toSorted((a, b) => a.size - b.size);
  const line = (label: string, read: (row: CacheStudyRow) => number | null, isLimit: boolean) => ({
    label,
    rates: rising.map(({ size }) => size),
    values: rising.map(read),
    isLimit,
  });
  const replayed = line(policy, ({ hitRatio }) => hitRatio, false);
  return DRAWN_IN_THEORY.includes(policy)
    ? [replayed, line(`${policy} in theory`, ({ expectedHitRatio }) => expectedHitRatio, true)]
    : [replayed];
}
