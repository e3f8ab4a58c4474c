// The study of caches as a result has it: what was replayed, how far that lies from theory, and the live caches of the run
// beside both.
import type { CacheStudy, CacheStudyRow } from '../../reports/record/cache-study.ts';
import type { RunResult } from '../../reports/record/result.ts';
import { expectLru } from '../../reports/statistics/cache-theory.ts';
import { plainValueOf } from '../../reports/words/metric-names.ts';
import { popularityShares } from '../../sim/model/catalogue/popularity.ts';
import { CACHE_STALENESS } from '../../system/contract/cache.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { LAWS, studyCaches } from './study.ts';

/** How far a replay may lie from what theory expects of it. */
export const REPLAY_LIMIT_RATIO = 0.02;

/**
 * Replays what the scenario asks for; some seconds for 200,000 reads.
 * @throws Error when a model lies further from theory than it may: whatever is compared with it would mean nothing
 */
export function replayCaches(scenario: Scenario, seed: number): CacheStudyRow[] {
  const { cacheReplay, cache, data } = scenario;
  if (cacheReplay === undefined) return [];
  const { reads, ...settings } = cacheReplay;
  const rows = studyCaches({
    ...settings,
    productCount: data.products,
    laws: Object.keys(LAWS) as (keyof typeof LAWS)[],
    refreshMs: cache.refreshMs,
    readCount: reads,
    seed,
  });
  const far = rows.find(
    ({ hitRatio, expectedHitRatio }) =>
      expectedHitRatio !== null && Math.abs(hitRatio - expectedHitRatio) > REPLAY_LIMIT_RATIO,
  );
  if (far !== undefined)
    throw new Error(
      `The replay of ${far.policy} with ${far.size} entries (${far.law}) hit ${far.hitRatio.toFixed(3)}, theory expects ${far.expectedHitRatio?.toFixed(3)}; needed: within ${REPLAY_LIMIT_RATIO}. Next: more reads (cacheReplay.reads), or look at system/contract/cache-models.ts`,
    );
  return rows;
}

/** "at most 50 s", "until it is evicted", "not at all": what the policy promises while everything works. */
function stalenessText({ policy, ttlMs, refreshMs }: Scenario['cache']): string {
  const { usual } = CACHE_STALENESS[policy];
  if (usual === 'none') return 'not at all';
  if (usual === 'unbounded') return 'until it is evicted';
  return `at most ${(usual === 'CACHE_TTL_MS' ? ttlMs : refreshMs) / 1_000} s`;
}

/** `variants`: of each its settings and what it measured. */
export function summariseStudy(
  scenario: Scenario,
  rows: CacheStudyRow[],
  variants: readonly {
    name: string;
    scenario: Scenario;
    metrics: RunResult['variants'][string]['metrics'];
  }[],
): CacheStudy | undefined {
  if (scenario.cacheReplay === undefined) return undefined;
  const residuals = rows.flatMap(({ hitRatio, expectedHitRatio }) =>
    expectedHitRatio === null ? [] : [Math.abs(hitRatio - expectedHitRatio)],
  );
  return {
    productCount: scenario.data.products,
    writesPerRead: scenario.cacheReplay.writesPerRead,
    limitRatio: REPLAY_LIMIT_RATIO,
    largestResidualRatio: Math.max(0, ...residuals),
    rows,
    live: variants.flatMap(({ name, scenario: { cache, data }, metrics }) => {
      if (cache.policy === 'none') return [];
      return [
        {
          variant: name,
          policy: cache.policy,
          size: cache.size,
          hitRatio: plainValueOf(metrics, 'cache.productHitRatio')?.value ?? null,
          expectedHitRatio:
            cache.policy === 'read-through'
              ? expectLru(popularityShares(data.products), cache.size).hitRatio
              : null,
          staleness: stalenessText(cache),
        },
      ];
    }),
  };
}
