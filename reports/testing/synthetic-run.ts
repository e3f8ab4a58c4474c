// Writes a believable run directory through the real writer, for tests and for looking at the page without a shop.

import { type CellId, variantKey } from '../record/names.ts';
import type {
  CellResult,
  CombinedComparison,
  ComparisonResult,
  RunResult,
  Verdict,
} from '../record/result.ts';
import { createRunDirectory, type RunWriter } from '../record/run-directory.ts';
import { rowCount } from '../record/series.ts';
import { summariseCells } from '../record/summarise-cell.ts';
import {
  syntheticAudit,
  syntheticComparisons,
  syntheticGenerator,
  syntheticManifest,
  syntheticResult,
  syntheticThresholds,
} from './synthetic-result.ts';
import {
  createRandom,
  loadStage,
  prepareHistograms,
  type SyntheticMetric,
  syntheticRow,
} from './synthetic-seconds.ts';

export type SyntheticOptions = {
  root: string;
  scenario?: string;
  seed?: number;
  startedAt?: Date;
  durationSeconds?: number;
  leadInSeconds?: number;
  /** The first one is the baseline of the comparisons. Variants named `direct…` have no broker in their path. */
  variants?: string[];
  /** Levels of load; null, the default, for a scenario without. */
  levels?: string[] | null;
  blockCount?: number;
  /** Kills a broker in the middle of each single run; the shop recovers after 12.4 s. */
  hasFault?: boolean;
  /** Two people are to sign up in each second of the span; one in ten gets no account. */
  hasGrowth?: boolean;
  routeCount?: number;
  verdict?: Verdict;
  /** Put wherever users' words can stand. */
  hostileText?: string;
};

const ROUTES: [route: string, medianMs: number, perSecond: number][] = [
  ['GET /products', 6, 40],
  ['GET /products/:id', 4, 90],
  ['POST /orders', 9, 3],
  ['PUT /cart/lines/:productId', 5, 14],
  ['GET /recommendations', 8, 20],
  ['GET /cart', 3, 12],
  ['GET /search', 14, 18],
  ['POST /sessions/refresh', 7, 5],
  ['POST /sessions', 62, 1],
  ['GET /orders/:id', 3, 1],
];

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
    routeCount: ROUTES.length,
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
  run.writeResult(
    syntheticResult(
      {
        scenario,
        seed,
        startedAt: startedAt.toISOString(),
        finishedAt: new Date(startedAt.getTime() + (settings.durationSeconds + 60) * 1000).toISOString(),
        variants,
        cells: written.map(({ result }) => result),
        comparisons,
        comparisonVerdicts: combined(comparisons),
        thresholds: Object.entries(variants).flatMap(([key, { metrics }]) =>
          syntheticThresholds(key, metrics, verdict === 'FAIL'),
        ),
      },
      verdict,
      hostileText,
    ),
  );
  run.finish();
  return run.directory;
}

type Settings = Required<SyntheticOptions>;

/** Every further variant against the first, at every level. */
function comparisonsOf({ variants, levels, blockCount }: Settings): ComparisonResult[] {
  const [baseline = '', ...candidates] = variants;
  return (levels ?? [null]).flatMap((level) =>
    candidates.flatMap((candidate) => syntheticComparisons(baseline, candidate, blockCount, level)),
  );
}

/** The two primary metrics of each pair of variants disagree. */
function combined(comparisons: ComparisonResult[]): CombinedComparison[] {
  return comparisons
    .filter(
      ({ metric, role, outcome }) => metric === 'http.response' && role === 'primary' && outcome === 'judged',
    )
    .map(({ level, candidate, baseline }) => ({
      level,
      candidate,
      baseline,
      verdict: 'TRADE-OFF',
      sentence: 'primary metrics disagree: HTTP response p50 FASTER; order confirmed p50 SLOWER',
    }));
}
type WrittenCell = { directory: string; result: CellResult };

function writeCells(run: RunWriter, settings: Settings): WrittenCell[] {
  const cells: WrittenCell[] = [];
  const prepared = new Map<boolean, Prepared[]>();
  for (let block = 0; block < settings.blockCount; block++) {
    for (const [index, variant] of settings.variants.entries()) {
      for (const level of settings.levels ?? [null]) {
        const order = (index + block) % settings.variants.length;
        const hasBroker = !variant.startsWith('direct');
        const histograms = prepared.get(hasBroker) ?? prepare(hasBroker, settings);
        prepared.set(hasBroker, histograms);
        cells.push(writeCell(run, { variant, level, block }, order, settings, histograms));
      }
    }
  }
  return cells;
}

type Prepared = { name: string; seconds: ReturnType<typeof prepareHistograms> };

/** The seconds that all single runs with or without a broker pick from; blocks differ in what they pick. */
function prepare(hasBroker: boolean, settings: Settings): Prepared[] {
  const random = createRandom(settings.seed * 7919 + (hasBroker ? 1 : 2));
  return metricsOf(hasBroker, settings).map((metric) => ({
    name: metric.name,
    seconds: prepareHistograms(metric, 5000, random),
  }));
}

function writeCell(
  run: RunWriter,
  id: CellId,
  order: number,
  settings: Settings,
  prepared: Prepared[],
): WrittenCell {
  const { durationSeconds, leadInSeconds, verdict } = settings;
  const hasBroker = !id.variant.startsWith('direct');
  const seed = settings.seed + id.block;
  const random = createRandom(seed * 104_729 + order);
  const cell = run.cell(id);
  cell.writePlan({ seed, sha256: 'not planned' });
  cell.startSpan(new Date(settings.startedAt.getTime() + 30_000));
  const health = { planned: 0, started: 0 };
  const failures: Record<string, number> = {};
  for (let second = -leadInSeconds; second < durationSeconds + 8; second++) {
    const stage = loadStage(second, durationSeconds, random);
    const deliveredRatio = verdict === 'INVALID' ? 0.602 : 1;
    const { hostileText: routeText } = settings;
    const row = syntheticRow({
      second,
      durationSeconds,
      stage,
      hasBroker,
      deliveredRatio,
      random,
      routeText,
    });
    cell.appendSeries(
      settings.hasGrowth && row.phase === 'measure'
        ? { ...row, counts: { ...row.counts, ...signUpsOf(second) } }
        : row,
    );
    if (row.phase === 'measure') {
      for (const [kind, count] of Object.entries(row.failures ?? {}))
        failures[kind] = (failures[kind] ?? 0) + count;
      health.planned += rowCount(row, 'sessionsPlanned');
      health.started += rowCount(row, 'sessionsStarted');
    }
    for (const { name, seconds } of row.phase === 'drain' ? [] : prepared) {
      const variations = seconds[stage] ?? [];
      const sample = variations[Math.floor(random() * variations.length)];
      if (sample) cell.appendHistogram(name, second, sample.encodedBase64, { count: sample.censoredCount });
    }
  }
  const audit = syntheticAudit(verdict === 'AUDIT_FAILED', 1204);
  cell.writeAudit(audit);
  cell.close();
  const metrics = summariseCells([cell.directory], durationSeconds);
  const generator = syntheticGenerator(health.planned, health.started);
  const result = { ...id, order, seed, metrics, audit, generator, failures };
  return { directory: cell.directory, result: settings.hasFault ? withFault(result, settings) : result };
}

function signUpsOf(second: number) {
  const failed = second % 5 === 4 ? 1 : 0;
  return { signUpsPlanned: 2, signUpsAttempted: 2, signUpsConfirmed: 2 - failed, signUpsFailed: failed };
}

function withFault(result: CellResult, { durationSeconds, hostileText }: Settings): CellResult {
  const second = Math.round(durationSeconds / 2);
  const events = [{ second, label: `broker killed${hostileText}` }];
  const metrics = { ...result.metrics, 'fault.recoverySeconds': { unit: 's', value: 12.4 } };
  return { ...result, metrics, events };
}

function mergeCells(key: string, written: WrittenCell[], settings: Settings): RunResult['variants'][string] {
  const { durationSeconds, hasFault } = settings;
  const own = written.filter(({ result }) => variantKey(result) === key);
  const [first] = own;
  if (!first) throw new Error(`found no cell of ${key}, needed one`);
  const metrics = summariseCells(
    own.map(({ directory }) => directory),
    durationSeconds,
  );
  const { audit, generator, events = [] } = first.result;
  const recovery = first.result.metrics['fault.recoverySeconds'];
  const failures: Record<string, number> = {};
  for (const { result } of own) {
    for (const [kind, count] of Object.entries(result.failures ?? {}))
      failures[kind] = (failures[kind] ?? 0) + count;
  }
  const merged = { metrics, audit, generator, failures };
  return hasFault && recovery
    ? { ...merged, metrics: { ...metrics, 'fault.recoverySeconds': recovery }, events }
    : merged;
}

function metricsOf(hasBroker: boolean, settings: Settings): SyntheticMetric[] {
  const routes = ROUTES.slice(0, settings.routeCount).flatMap(([route, medianMs, perSecond]) => [
    {
      name: `http.response/${route}${settings.hostileText}`,
      medianMs: medianMs * 1.05,
      spread: 0.6,
      perSecond,
    },
    { name: `http.service/${route}${settings.hostileText}`, medianMs, spread: 0.5, perSecond },
  ]);
  const order = (name: string, medianMs: number, spread = 0.5) => ({ name, medianMs, spread, perSecond: 3 });
  return [
    { name: 'http.response', medianMs: 5.5, spread: 0.8, perSecond: 200 },
    { name: 'http.service', medianMs: 5, spread: 0.7, perSecond: 200 },
    ...routes,
    order('order.accepted', hasBroker ? 8 : 14),
    order('order.confirmed', hasBroker ? 31 : 19, 0.7),
    order('stage.http', hasBroker ? 7 : 6),
    ...(hasBroker ? [order('stage.broker', 4), order('stage.consumer', 9)] : []),
    order('stage.commit', 8),
    order('stage.push', 2.4),
    ...(settings.hasGrowth ? [{ name: 'signUp.confirmed', medianMs: 190, spread: 0.2, perSecond: 2 }] : []),
  ];
}
