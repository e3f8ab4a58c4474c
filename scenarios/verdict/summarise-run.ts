// From finished cells to `result.json`: metrics per cell and per variant, thresholds, comparisons, verdict and answer.
import type { ComparedRun } from '../../reports/compare/compared-run.ts';
import { variantKey } from '../../reports/record/names.ts';
import { type PageResult, summarisePages } from '../../reports/record/page-views.ts';
import { readPageViews } from '../../reports/record/read-page-views.ts';
import type { CellResult, RunResult } from '../../reports/record/result.ts';
import { plainValueOf } from '../../reports/words/metric-names.ts';
import { undecidedReasons } from '../../reports/words/undecided.ts';
import { PERIODIC_EVERY_MS } from '../../system/contract/recommendations.ts';
import { withGivenUp } from '../audit/last-units.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { answerTo } from './answer.ts';
import { compareVariants } from './compare-variants.ts';
import type { FinishedCell } from './finished-cell.ts';
import { firstCrossedSecond } from './first-crossed.ts';
import { judgeGenerators, mergeGenerators } from './generator-health.ts';
import { exitCodeOf, judgeThresholds, thresholdsOf, verdictOf } from './judge.ts';
import { metricsOf } from './run-metrics.ts';

export type { FinishedCell } from './finished-cell.ts';

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
    // What is no side of the comparison has its figures elsewhere, but for what is wrong with it.
    if (group.some(({ plan }) => !isTold(plan)) && isWell(merged)) continue;
    variants[key] = merged;
    const [first] = group;
    if (first === undefined) continue;
    const directory = group.length === 1 ? first.directory : null;
    thresholds.push(
      ...judgeThresholds(
        thresholdsOf(scenario.thresholds, first.plan.variant),
        key,
        merged.metrics,
        (threshold) =>
          directory === null
            ? null
            : firstCrossedSecond(directory, threshold, first.plan.scenario.load.durationSeconds),
      ),
    );
  }
  const compared =
    scenario.comparison === undefined
      ? null
      : compareVariants(
          scenario.comparison,
          cells.filter((_, index) => finished[index]?.plan.purpose === undefined),
        );
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
    variants,
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
    metrics: metricsOf([directory], plan.scenario.load.durationSeconds, [outcome], cycleMsOf(plan.scenario)),
    audit: outcome.audit,
    generator: judgeGenerators(outcome, plan.scenario.generator),
    failures: outcome.summary.failures,
    ...(outcome.events.length === 0 ? {} : { events: outcome.events }),
    ...pagesOf([directory], plan.scenario.load.durationSeconds),
    ...(outcome.repeatedBecause === undefined ? {} : { repeatedBecause: [...outcome.repeatedBecause] }),
  };
}

/** Nothing where no browser walked. */
function pagesOf(directories: readonly string[], durationSeconds: number): { pages?: PageResult[] } {
  const pages = summarisePages(readPageViews(directories, durationSeconds));
  return pages.length === 0 ? {} : { pages };
}

function isWell({ audit, generator }: Pick<RunResult['variants'][string], 'audit' | 'generator'>): boolean {
  return generator.ok && audit.every(({ ok }) => ok);
}

/** Whether the result has a variant for it. */
function isTold({ purpose, isVariantOfItsOwn }: FinishedCell['plan']): boolean {
  return purpose === undefined || isVariantOfItsOwn === true;
}

/** How often the scenario's shop works everybody's lists out; null where it does not do that in cycles. */
function cycleMsOf({ recommendations }: Scenario): number | null {
  return recommendations.engine === 'periodic' ? PERIODIC_EVERY_MS : null;
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
  const metrics = metricsOf(
    group.map(({ directory }) => directory),
    durationSeconds,
    group.map(({ outcome }) => outcome),
    group[0] === undefined ? null : cycleMsOf(group[0].plan.scenario),
  );
  const givenUpCount = plainValueOf(metrics, 'sessions.givenUp')?.value ?? 0;
  return {
    metrics,
    audit: mergeAudits(ofGroup).map(({ lastUnits, ...finding }) => ({
      ...finding,
      ...(lastUnits === undefined ? {} : { lastUnits: withGivenUp(lastUnits, givenUpCount) }),
    })),
    generator: mergeGenerators(ofGroup.map((cell) => cell.generator)),
    failures,
    ...(events.length === 0 ? {} : { events }),
    ...pagesOf(
      group.map(({ directory }) => directory),
      durationSeconds,
    ),
  };
}

/** Those of the first block: a rush is one run. */
function lastUnitsOf([first]: readonly CellResult['audit'][number][]): Pick<
  CellResult['audit'][number],
  'lastUnits'
> {
  return first?.lastUnits === undefined ? {} : { lastUnits: first.lastUnits };
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
      ...lastUnitsOf(findings),
    };
  });
}
