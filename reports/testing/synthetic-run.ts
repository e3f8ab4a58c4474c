// Writes a believable run directory through the real writer, for tests and for looking at the page without a shop.

import { variantKey } from '../record/names.ts';
import type { ComparisonResult, Verdict } from '../record/result.ts';
import { createRunDirectory } from '../record/run-directory.ts';
import { mergeCells, writeCells } from './synthetic-cells.ts';
import { combinedComparisons, syntheticComparisons } from './synthetic-comparisons.ts';
import { syntheticManifest } from './synthetic-manifest.ts';
import { SYNTHETIC_ROUTE_COUNT } from './synthetic-metrics.ts';
import { syntheticResult, syntheticThresholds } from './synthetic-result.ts';
import type { SyntheticOptions, SyntheticSettings } from './synthetic-settings.ts';

export type { SyntheticOptions } from './synthetic-settings.ts';

/** Writes a whole run and returns its directory. */
export function writeSyntheticRun(options: SyntheticOptions): string {
  const settings = {
    scenario: 'peak-hour',
    seed: 1,
    startedAt: new Date('2025-11-21T11:00:00Z'),
    durationSeconds: 300,
    leadInSeconds: 20,
    variants: ['kafka'],
    levels: null,
    blockCount: 1,
    hasFault: false,
    hasGrowth: false,
    routeCount: SYNTHETIC_ROUTE_COUNT,
    verdict: 'PASS' as Verdict,
    hostileText: '',
    ...options,
  };
  const { scenario, seed, startedAt, verdict, hostileText } = settings;
  const run = createRunDirectory({ root: settings.root, scenario, startedAt });
  run.writeManifest(syntheticManifest(scenario, seed, startedAt, hostileText));
  const written = writeCells(run, settings);
  const keys = [...new Set(written.map(({ result }) => variantKey(result)))];
  const variants = Object.fromEntries(keys.map((key) => [key, mergeCells(key, written, settings)]));
  const comparisons = comparisonsOf(settings);
  run.writeResult({
    ...(options.cacheStudy === undefined ? {} : { cacheStudy: options.cacheStudy }),
    ...syntheticResult(
      {
        scenario,
        seed,
        startedAt: startedAt.toISOString(),
        finishedAt: new Date(startedAt.getTime() + (settings.durationSeconds + 60) * 1000).toISOString(),
        variants,
        cells: written.map(({ result }) => result),
        comparisons,
        comparisonVerdicts: combinedComparisons(comparisons),
        thresholds: Object.entries(variants).flatMap(([key, { metrics }]) =>
          syntheticThresholds(key, metrics, verdict === 'FAIL'),
        ),
      },
      verdict,
      hostileText,
    ),
  });
  run.finish();
  return run.directory;
}

/** Every further variant against the first, at every level. */
function comparisonsOf({ variants, levels, blockCount }: SyntheticSettings): ComparisonResult[] {
  const [baseline = '', ...candidates] = variants;
  return (levels ?? [null]).flatMap((level) =>
    candidates.flatMap((candidate) => syntheticComparisons(baseline, candidate, blockCount, level)),
  );
}
