// From finished cells to `result.json`: metrics per cell and per variant, thresholds, comparisons, verdict and answer.
import type { ComparedRun } from '../../reports/compare/compared-run.ts';
import { plainValue } from '../../reports/metrics/find-metric.ts';
import { variantKey } from '../../reports/record/names.ts';
import { readSeries } from '../../reports/record/read-cell.ts';
import type { CellResult, Metrics, RunResult } from '../../reports/record/result.ts';
import { rowCount } from '../../reports/record/series.ts';
import { summariseCells } from '../../reports/record/summarise-cell.ts';
import { undecidedReasons } from '../../reports/words/undecided.ts';
import type { CellOutcome } from '../cell/cell.ts';
import { fateMetrics } from '../cell/order-fates.ts';
import type { CellPlan } from '../plan/cell-plan.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { answerTo } from './answer.ts';
import { compareVariants } from './compare-variants.ts';
import { firstCrossedSecond } from './first-crossed.ts';
import { judgeGenerator, mergeGenerators } from './generator-health.ts';
import { exitCodeOf, judgeThresholds, verdictOf } from './judge.ts';

/** A cell that has run: its plan, where it was recorded and what it reported. */
export type FinishedCell = { plan: CellPlan; directory: string; outcome: CellOutcome };

/** Everything `result.json` says but when it was finished and from which commit. */
export function summariseRun(
  scenario: Scenario,
  seed: number,
  finished: readonly FinishedCell[],
  /** Comparisons with a baseline, made from what this run measured. */
  againstBaseline: (measured: ComparedRun['result']) => RunResult['comparisons'],
): Omit<RunResult, 'commit' | 'startedAt' | 'finishedAt'> {
  const cells = finished.map(cellResult);
  const variants: RunResult['variants'] = {};
  const thresholds: RunResult['thresholds'] = [];
  for (const [key, group] of groupsOf(finished)) {
    const merged = mergeGroup(key, group, cells);
    variants[key] = merged;
    const [first] = group;
    if (first === undefined) continue;
    const directory = group.length === 1 ? first.directory : null;
    thresholds.push(
      ...judgeThresholds(scenario.thresholds, key, merged.metrics, (threshold) =>
        directory === null
          ? null
          : firstCrossedSecond(directory, threshold, first.plan.scenario.load.durationSeconds),
      ),
    );
  }
  const compared = scenario.comparison === undefined ? null : compareVariants(scenario.comparison, cells);
  const layers = {
    audit: cells.flatMap((cell) => cell.audit),
    generators: cells.map((cell) => cell.generator),
    thresholds,
  };
  const own = compared?.comparisons ?? [];
  const measured = { scenario: scenario.name, variants, cells, thresholds, comparisons: own };
  // A baseline is no use to a run that has no result of its own, so it is asked with the verdict without it.
  const judge = (comparisons: RunResult['comparisons']) =>
    verdictOf({
      ...layers,
      comparisons,
      undecided: undecidedReasons({ variants, thresholds, comparisons }),
    });
  const comparisons = [...own, ...againstBaseline({ ...measured, verdict: judge(own) })];
  const verdict = judge(comparisons);
  const [onlyVariant] = Object.values(variants);
  const answer = answerTo({
    scenario,
    verdict,
    metrics: onlyVariant?.metrics ?? {},
    comparisons: own.length > 0 ? own : comparisons,
    notRecoveredBecause: finished[0]?.outcome.notRecoveredBecause ?? null,
  });
  return {
    schemaVersion: 1,
    scenario: scenario.name,
    question: scenario.question,
    answer,
    seed,
    verdict,
    exitCode: exitCodeOf(verdict),
    variants,
    cells,
    comparisons,
    ...(compared === null ? {} : { comparisonVerdicts: compared.verdicts }),
    thresholds,
  };
}

/** One cell as the result keeps it. */
export function cellResult({ plan, directory, outcome }: FinishedCell): CellResult {
  return {
    variant: plan.variant,
    level: plan.level,
    block: plan.block,
    order: plan.order,
    seed: plan.seed,
    metrics: metricsOf([directory], plan.scenario.load.durationSeconds, [outcome]),
    audit: outcome.audit,
    generator: judgeGenerator(outcome.summary, outcome.stealMaxRatio, plan.scenario.generator),
    failures: outcome.summary.failures,
    ...(outcome.events.length === 0 ? {} : { events: outcome.events }),
    ...(outcome.repeatedBecause === undefined ? {} : { repeatedBecause: [...outcome.repeatedBecause] }),
  };
}

function groupsOf(finished: readonly FinishedCell[]): Map<string, FinishedCell[]> {
  return Map.groupBy(finished, ({ plan }) => variantKey(plan));
}

function mergeGroup(
  key: string,
  group: readonly FinishedCell[],
  cells: readonly CellResult[],
): RunResult['variants'][string] {
  const ofGroup = cells.filter((cell) => variantKey(cell) === key);
  const durationSeconds = group[0]?.plan.scenario.load.durationSeconds ?? 0;
  const failures: Record<string, number> = {};
  for (const cell of ofGroup) {
    for (const [kind, count] of Object.entries(cell.failures ?? {}))
      failures[kind] = (failures[kind] ?? 0) + count;
  }
  const events = ofGroup.flatMap((cell) => cell.events ?? []);
  return {
    metrics: metricsOf(
      group.map(({ directory }) => directory),
      durationSeconds,
      group.map(({ outcome }) => outcome),
    ),
    audit: mergeAudits(ofGroup),
    generator: mergeGenerators(ofGroup.map((cell) => cell.generator)),
    failures,
    ...(events.length === 0 ? {} : { events }),
  };
}

/** One finding per rule over all blocks: ok when it held in each. */
function mergeAudits(cells: readonly CellResult[]): CellResult['audit'] {
  const byRule = Map.groupBy(
    cells.flatMap((cell) => cell.audit.map((finding) => ({ ...finding, block: cell.block }))),
    ({ rule }) => rule,
  );
  return [...byRule.values()].flatMap((findings) => {
    const [{ rule, claim } = { rule: '', claim: '' }] = findings;
    const sum = (read: (finding: (typeof findings)[number]) => number) =>
      findings.reduce((total, finding) => total + read(finding), 0);
    const violations = findings.flatMap((finding) =>
      finding.violations.map((violation) =>
        cells.length > 1 ? `block ${finding.block}: ${violation}` : violation,
      ),
    );
    return {
      rule,
      claim,
      ok: findings.every((finding) => finding.ok),
      checkedCount: sum((finding) => finding.checkedCount),
      violationCount: sum((finding) => finding.violationCount),
      violations: violations.slice(0, 20),
    };
  });
}

/**
 * What was recorded, with what the generator knows by itself, and the CPU that an order cost: of the whole shop with its
 * services, and of the database alone.
 */
function metricsOf(
  directories: string[],
  durationSeconds: number,
  outcomes: readonly Pick<CellOutcome, 'summary' | 'orders' | 'recoverySeconds'>[],
): Metrics {
  const metrics = summariseCells(directories, durationSeconds);
  const sum = (read: (summary: CellOutcome['summary']) => number) =>
    outcomes.reduce((total, { summary }) => total + read(summary), 0);
  const plannedCount = sum((summary) => summary.plannedCount);
  if (plannedCount > 0) {
    const value = sum((summary) => summary.noFreePersonCount) / plannedCount;
    Object.assign(metrics, plainValue('sessions.noFreePersonRatio', value));
  }
  const recoveries = outcomes.flatMap(({ recoverySeconds }) => recoverySeconds ?? []);
  if (recoveries.length > 0)
    Object.assign(metrics, plainValue('fault.recoverySeconds', Math.max(...recoveries)));
  const fates = fateMetrics(outcomes.map(({ orders }) => orders));
  return { ...metrics, ...fates, ...cpuPerOrder(directories, durationSeconds) };
}

const NOT_THE_SHOP = new Set(['generator', 'rehearsal']);

function cpuPerOrder(directories: readonly string[], durationSeconds: number): Metrics {
  const rows = directories
    .flatMap(readSeries)
    .filter(({ second }) => second >= 0 && second < durationSeconds);
  const orders = rows.reduce((sum, row) => sum + rowCount(row, 'ordersConfirmed'), 0);
  if (orders === 0) return {};
  const cpuMs = (include: (name: string) => boolean): number =>
    rows.reduce((sum, row) => {
      for (const [name, ratio] of Object.entries(row.cpuRatios)) if (include(name)) sum += ratio * 1_000;
      return sum;
    }, 0);
  return {
    ...plainValue('cpu.perOrderMs', cpuMs((name) => !NOT_THE_SHOP.has(name)) / orders),
    ...plainValue('database.cpuPerOrderMs', cpuMs((name) => name === 'postgres') / orders),
  };
}
