// The single runs of a synthetic run, second by second, and what they come to together.
import { type CellId, variantKey } from '../record/names.ts';
import type { CellResult, RunResult } from '../record/result.ts';
import type { RunWriter } from '../record/run-directory.ts';
import { rowCount } from '../record/series.ts';
import { summariseCells } from '../record/summarise-cell.ts';
import { type Prepared, prepareMetrics } from './synthetic-metrics.ts';
import { syntheticAudit, syntheticGenerator } from './synthetic-result.ts';
import { createRandom, loadStage, syntheticRow } from './synthetic-seconds.ts';
import type { SyntheticSettings } from './synthetic-settings.ts';

export type WrittenCell = { directory: string; result: CellResult };

export function writeCells(run: RunWriter, settings: SyntheticSettings): WrittenCell[] {
  const cells: WrittenCell[] = [];
  const prepared = new Map<boolean, Prepared[]>();
  for (let block = 0; block < settings.blockCount; block++) {
    for (const [index, variant] of settings.variants.entries()) {
      for (const level of settings.levels ?? [null]) {
        const order = (index + block) % settings.variants.length;
        const hasBroker = !variant.startsWith('direct');
        const histograms = prepared.get(hasBroker) ?? prepareMetrics(hasBroker, settings);
        prepared.set(hasBroker, histograms);
        cells.push(writeCell(run, { variant, level, block }, order, settings, histograms));
      }
    }
  }
  return cells;
}

function writeCell(
  run: RunWriter,
  id: CellId,
  order: number,
  settings: SyntheticSettings,
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

function withFault(result: CellResult, { durationSeconds, hostileText }: SyntheticSettings): CellResult {
  const second = Math.round(durationSeconds / 2);
  const events = [{ second, label: `broker killed${hostileText}` }];
  const metrics = { ...result.metrics, 'fault.recoverySeconds': { unit: 's', value: 12.4 } };
  return { ...result, metrics, events };
}

export function mergeCells(
  key: string,
  written: WrittenCell[],
  settings: SyntheticSettings,
): RunResult['variants'][string] {
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
