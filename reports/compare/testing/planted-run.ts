// Finished runs whose cells have known medians and a known noise, for tests that must know the true effect.
import type { Manifest } from '../../record/manifest.ts';
import { variantKey } from '../../record/names.ts';
import type { CellResult, LatencySummary, Metrics, RunResult, Verdict } from '../../record/result.ts';
import { createRunDirectory } from '../../record/run-directory.ts';
import { syntheticManifest } from '../../testing/synthetic-manifest.ts';
import {
  syntheticAudit,
  syntheticGenerator,
  syntheticResult,
  syntheticThresholds,
} from '../../testing/synthetic-result.ts';
import { createRandom } from '../../testing/synthetic-seconds.ts';

export type PlantedOptions = {
  seed?: number;
  cellCount?: number;
  variants?: string[];
  levels?: (string | null)[];
  /** True median of `order.confirmed`. */
  orderMs?: number;
  ordersPerSecond?: number;
  /** SD of the log of a cell's values. */
  noiseSd?: number;
  /** Share of the samples that were cut off at the deadline of 5 s. */
  censoredRatio?: number;
  verdict?: Verdict;
  startedAt?: Date;
  /** False for a run of one variant that declares limits only. */
  declaresComparison?: boolean;
  settings?: Record<string, unknown>;
};

const COMPARISON = {
  primary: [{ metric: 'order.confirmed', statistic: 'p50' }],
  exploratory: [{ metric: 'orders.perSecond', statistic: 'value' }],
  marginRatio: 0.05,
};

/** Manifest and result of a run as the scenario would have left them. */
export function plantedRun(options: PlantedOptions = {}): { result: RunResult; manifest: Manifest } {
  const { seed = 1, verdict = 'PASS', startedAt = new Date('2025-11-21T11:00:00Z') } = options;
  const manifest = {
    ...syntheticManifest('kafka-on-off', seed, startedAt, ''),
    effectiveScenario: {
      name: 'kafka-on-off',
      load: { ordersPerSecond: 120, ...options.settings },
      ...(options.declaresComparison === false ? {} : { comparison: COMPARISON }),
    },
  };
  const cells = plantedCells(options);
  const variants: RunResult['variants'] = {};
  for (const cell of cells) variants[variantKey(cell)] = cell;
  const thresholds = Object.entries(variants).flatMap(([key, { metrics }]) =>
    syntheticThresholds(key, metrics, verdict === 'FAIL'),
  );
  const common = { scenario: 'kafka-on-off', seed, startedAt: startedAt.toISOString() };
  const result = syntheticResult(
    { ...common, finishedAt: startedAt.toISOString(), variants, cells, comparisons: [], thresholds },
    verdict,
    '',
  );
  return { result, manifest };
}

/** Writes it as a finished run directory and returns that. */
export function writePlantedRun(root: string, options: PlantedOptions = {}): string {
  const { result, manifest } = plantedRun(options);
  const writer = createRunDirectory({
    root,
    scenario: result.scenario,
    startedAt: new Date(manifest.startedAt),
  });
  writer.writeManifest(manifest);
  writer.writeResult(result);
  writer.finish();
  return writer.directory;
}

function plantedCells(options: PlantedOptions): CellResult[] {
  const { variants = ['kafka'], levels = [null], cellCount = 6, seed = 1, noiseSd = 0.04 } = options;
  const random = createRandom(seed * 104_729);
  const noise = () => Math.exp(noiseSd * normal(random));
  const { verdict = 'PASS' } = options;
  const cells: CellResult[] = [];
  for (let block = 0; block < cellCount; block++) {
    for (const level of levels) {
      for (const [order, variant] of variants.entries()) {
        cells.push({
          ...{ variant, level, block, order, seed: seed + block },
          metrics: plantedMetrics(options, noise),
          audit: syntheticAudit(verdict === 'AUDIT_FAILED', 1204),
          generator: syntheticGenerator(1000, verdict === 'INVALID' ? 602 : 1000),
        });
      }
    }
  }
  return cells;
}

function plantedMetrics(options: PlantedOptions, noise: () => number): Metrics {
  const { orderMs = 40, ordersPerSecond = 120, censoredRatio = 0 } = options;
  return {
    'http.response': latency(6 * noise(), 0),
    'order.confirmed': latency(orderMs * noise(), censoredRatio),
    'http.failedRatio': { unit: 'ratio', value: 0 },
    'orders.perSecond': { unit: 'orders/s', value: ordersPerSecond * noise() },
  };
}

function latency(medianMs: number, censoredRatio: number): LatencySummary {
  const count = 2_400;
  const at = (share: number, ms: number) => (censoredRatio > 1 - share ? 5_000 : ms);
  return {
    unit: 'ms',
    count,
    censoredCount: Math.round(count * censoredRatio),
    mean: medianMs * 1.2,
    p50: at(0.5, medianMs),
    p90: at(0.9, medianMs * 2),
    p95: at(0.95, medianMs * 2.5),
    p99: at(0.99, medianMs * 4),
    max: medianMs * 9,
  };
}

/** Box and Muller's normal deviate. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
