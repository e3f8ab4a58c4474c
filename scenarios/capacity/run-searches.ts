// Runs the searches of a capacity scenario one after the other: asks the search for the next probe, has it run as a cell,
// judges it, and tells the search.
import { formatNumber } from '../../reports/format/format.ts';
import type { CountName } from '../../reports/metrics/counts.ts';
import { plainValue } from '../../reports/metrics/find-metric.ts';
import { readSeries } from '../../reports/record/read-cell.ts';
import type { CapacityProbe, CellResult } from '../../reports/record/result.ts';
import { rowCount } from '../../reports/record/series.ts';
import { brokenText, configurationText } from '../../reports/words/capacity-words.ts';
import type { CellPlan } from '../plan/cell-plan.ts';
import { descriptorMistakes } from '../plan/file-descriptors.ts';
import { planRun } from '../plan/plan.ts';
import { arrivalsText } from '../scenario/arrival-rate.ts';
import { targetOf } from '../targets/find-target.ts';
import { cellResult, type FinishedCell } from '../verdict/summarise-run.ts';
import {
  type CapacityScenario,
  type Configuration,
  configurationsOf,
  probeCell,
  searchSettings,
} from './configurations.ts';
import { judgeProbe, KEPT_UP, keptThresholds, keptUpRatio } from './judge-probe.ts';
import { nextStep, type Probe, type SearchAnswer } from './search.ts';

/** A probe that ran, as the record keeps it; `cell` is null where it could not even be planned. */
export type RunProbe = CapacityProbe & { cell: CellResult | null; finished: FinishedCell | null };

export type Searched = {
  configuration: Configuration;
  probes: RunProbe[];
  /** Null when it was skipped, or when a failed audit ended the run. */
  answer: SearchAnswer | null;
};

export type SearchDeps = {
  scenario: CapacityScenario;
  seed: number;
  coreCount: number;
  /** Runs a cell to its end, or gives the outcome that a former part of this run kept. */
  runCell: (plan: CellPlan) => Promise<FinishedCell>;
  say: (line: string) => void;
};

/** All searches; a probe that fails its audit ends them, because a shop that loses orders has no rate to speak of. */
export async function runSearches(deps: SearchDeps): Promise<Searched[]> {
  const { capacity } = deps.scenario;
  const all: Searched[] = [];
  for (const configuration of configurationsOf(capacity, deps.coreCount)) {
    const searched: Searched = { configuration, probes: [], answer: null };
    all.push(searched);
    if (configuration.skippedBecause !== null) {
      deps.say(`— ${textOf(deps.scenario, configuration)}: skipped, ${configuration.skippedBecause}`);
      continue;
    }
    const probesBefore = all.reduce((sum, { probes }) => sum + probes.length, 0);
    await runSearch(deps, searched, probesBefore);
    if (searched.answer === null) break;
    deps.say(`= ${textOf(deps.scenario, configuration)}: ${searched.answer.reason}`);
  }
  return all;
}

/** "direct with one API process". */
function textOf(scenario: CapacityScenario, { variant, apiProcesses }: Configuration): string {
  const isUnseen = targetOf(scenario).hidesItsInside === true;
  return configurationText({ transport: variant, apiProcesses: isUnseen ? 0 : apiProcesses });
}

async function runSearch(deps: SearchDeps, searched: Searched, probesBefore: number): Promise<void> {
  const { capacity } = deps.scenario;
  const settings = searchSettings(capacity);
  const { probes, configuration } = searched;
  for (;;) {
    const step = nextStep(
      settings,
      probes.map((probe) => ({ ...probe, cannotBePlanned: probe.cell === null })),
    );
    if (step.kind === 'answer') {
      searched.answer = step.answer;
      return;
    }
    const { probe } = step;
    const seconds = probe.kind === 'confirm' ? capacity.confirmSeconds : capacity.probeSeconds;
    deps.say(
      `— ${textOf(deps.scenario, configuration)}, probe ${probes.length + 1} of at most ${capacity.maxProbes}: ${formatNumber(probe.perSecond)} ${arrivalsText(deps.scenario.load)}/s for ${seconds} s${probe.kind === 'confirm' ? ', to confirm' : ''}`,
    );
    const done = await runProbe(deps, searched, probe, probesBefore + probes.length);
    probes.push(done);
    deps.say(`  ${probeLine(done)}`);
    if (done.cell?.audit.some(({ ok }) => !ok)) return;
  }
}

async function runProbe(
  deps: SearchDeps,
  { configuration, probes }: Searched,
  probe: Probe,
  order: number,
): Promise<RunProbe> {
  const { scenario, seed } = deps;
  const isRetry = probes.some(({ kind, perSecond }) => kind === probe.kind && perSecond === probe.perSecond);
  const plan = probeCell(
    scenario,
    configuration,
    { ...probe, isRetry },
    { seed, index: probes.length, order },
  );
  const { durationSeconds } = plan.scenario.load;
  const common = { variant: plan.variant, kind: probe.kind, perSecond: probe.perSecond, durationSeconds };
  const planned = planRun(plan.scenario, plan.seed);
  const reasons = planned.kind === 'mistakes' ? planned.mistakes : descriptorMistakes(plan.scenario);
  if (reasons.length > 0) {
    return { ...common, verdict: 'invalid', limits: [], reasons, cell: null, finished: null };
  }
  const finished = await deps.runCell(plan);
  const cell = probeResult(finished);
  const kept = keptThresholds(scenario.thresholds, scenario.capacity.keeps);
  const judged = judgeProbe(kept, { ...cell, durationSeconds });
  return { ...common, ...judged, reasons: cell.generator.reasons, cell, finished };
}

/** The cell with the share of its work that it did in time. */
function probeResult(finished: FinishedCell): CellResult {
  const { plan, directory, outcome } = finished;
  const { arrivals, durationSeconds } = plan.scenario.load;
  const rows = readSeries(directory).filter(({ second }) => second >= 0 && second < durationSeconds);
  const sum = (name: CountName) => rows.reduce((total, row) => total + rowCount(row, name), 0);
  const value = keptUpRatio(arrivals, {
    plannedCount: outcome.summary.plannedCount,
    actsShownCount: sum('actsShown'),
    ordersResolvedCount: sum('ordersConfirmed') + sum('ordersRejected'),
    requestsSentCount: sum('requestsSent'),
    requestsEndedCount: sum('requestsSucceeded') + sum('requestsFailed'),
  });
  const cell = cellResult(finished);
  return { ...cell, metrics: { ...cell.metrics, ...plainValue(KEPT_UP, value) } };
}

/** A probe in a line: its verdict, then every limit that broke, or why it is invalid. */
export function probeLine({
  verdict,
  perSecond,
  limits,
  reasons,
}: Pick<CapacityProbe, 'verdict' | 'perSecond' | 'limits' | 'reasons'>): string {
  const rate = formatNumber(perSecond);
  if (verdict === 'kept') return `✓ ${rate}/s keeps every limit`;
  if (verdict === 'invalid') {
    const what = limits.length === 0 ? 'cannot be asked for' : 'is the generator’s limit';
    return `⊘ ${rate}/s ${what}: ${reasons.join(' ')}`;
  }
  return `✗ ${rate}/s does not: ${limits
    .filter(({ ok }) => !ok)
    .map(brokenText)
    .join('; ')}`;
}
