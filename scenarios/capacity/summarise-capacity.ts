// From finished searches to `result.json`: every probe as a cell, for each configuration the one that stands for it as a
// variant, limits, verdict and answer.

import type { CapacityResult, Metrics, RunResult } from '../../reports/record/result.ts';
import { undecidedReasons } from '../../reports/words/undecided.ts';
import { arrivalsText } from '../scenario/arrival-rate.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { targetOf } from '../targets/find-target.ts';
import { answerTo } from '../verdict/answer.ts';
import { firstCrossedSecond } from '../verdict/first-crossed.ts';
import { exitCodeOf, judgeThresholds, verdictOf } from '../verdict/judge.ts';
import { asSearched, type CapacityScenario } from './configurations.ts';
import type { RunProbe, Searched } from './run-searches.ts';

/** Everything `result.json` says but when it was finished and from which commit. */
export function summariseCapacity(
  scenario: CapacityScenario,
  seed: number,
  all: readonly Searched[],
): Omit<RunResult, 'commit' | 'startedAt' | 'finishedAt'> {
  const cells = all.flatMap(({ probes }) => probes.flatMap(({ cell }) => cell ?? []));
  const variants: RunResult['variants'] = {};
  const thresholds: RunResult['thresholds'] = [];
  const capacity: CapacityResult[] = [];
  for (const searched of all) {
    const standing = standingProbe(searched);
    const { cell, finished } = standing ?? { cell: null, finished: null };
    capacity.push(capacityResult(scenario, searched, cell?.variant ?? null));
    if (cell === null || finished === null) continue;
    const metrics = { ...cell.metrics, ...rateMetrics(scenario, searched) };
    variants[cell.variant] = {
      metrics,
      audit: cell.audit,
      generator: cell.generator,
      failures: cell.failures ?? {},
    };
    const { durationSeconds } = finished.plan.scenario.load;
    thresholds.push(
      ...judgeThresholds(scenario.thresholds, cell.variant, metrics, (threshold) =>
        firstCrossedSecond(finished.directory, threshold, durationSeconds),
      ),
    );
  }
  const verdict = verdictOf({
    audit: cells.flatMap((cell) => cell.audit),
    generators: Object.values(variants).map(({ generator }) => generator),
    thresholds,
    comparisons: [],
    undecided: undecidedReasons({ variants, thresholds, comparisons: [], capacity }),
  });
  return {
    schemaVersion: 1,
    scenario: scenario.name,
    question: scenario.question,
    answer: answerTo({ scenario, verdict, capacity }),
    seed,
    verdict,
    exitCode: exitCodeOf(verdict),
    variants,
    cells,
    comparisons: [],
    thresholds,
    capacity,
  };
}

/**
 * The probe that stands for a configuration: the one that confirmed its rate; without one that of the lowest rate that did
 * not hold, which says whether the shop or the generator was in the way. A failed audit goes before all.
 */
export function standingProbe({ probes, answer }: Searched): RunProbe | null {
  const failedAudit = probes.find(({ cell }) => cell?.audit.some(({ ok }) => !ok));
  if (failedAudit !== undefined) return failedAudit;
  const confirmed = probes.find(
    ({ kind, verdict, perSecond }) =>
      kind === 'confirm' && verdict === 'kept' && perSecond === answer?.sustainedPerSecond,
  );
  if (confirmed !== undefined) return confirmed;
  const missed = probes.filter(({ cell, verdict }) => cell !== null && verdict !== 'kept');
  return (
    missed.toSorted((a, b) => a.perSecond - b.perSecond || b.durationSeconds - a.durationSeconds)[0] ?? null
  );
}

function capacityResult(
  scenario: CapacityScenario,
  { configuration, probes, answer }: Searched,
  variant: string | null,
): CapacityResult {
  const { variant: searched, apiProcesses, skippedBecause } = configuration;
  const { connectionsPerApi, hidesItsInside } = targetOf(scenario);
  const recorded = probes.map(({ cell: _cell, finished: _finished, ...probe }) => probe);
  const found = answer ?? {
    outcome: skippedBecause === null ? ('none' as const) : ('skipped' as const),
    sustainedPerSecond: null,
    firstFailedPerSecond: null,
    isClosed: false,
    reason: skippedBecause ?? 'a probe failed its audit, which ended the run',
  };
  return {
    transport: searched,
    apiProcesses: hidesItsInside === true ? 0 : apiProcesses,
    ...(connectionsPerApi === undefined
      ? {}
      : { connectionsPerApi: connectionsPerApi(asSearched(scenario, configuration)) }),
    arrivals: arrivalsText(scenario.load),
    ...found,
    toleranceRatio: scenario.capacity.toleranceRatio,
    variant,
    probes: recorded,
  };
}

function rateMetrics({ load }: Scenario, { answer }: Searched): Metrics {
  const value = answer?.sustainedPerSecond;
  if (value === null || value === undefined) return {};
  return { 'capacity.perSecond': { unit: `${arrivalsText(load)}/s`, value } };
}
