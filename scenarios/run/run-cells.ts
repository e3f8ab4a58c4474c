// All cells of a run, those that were planned beforehand or those that a search asks for one after the other.
import type { ComparedRun } from '../../reports/compare/compared-run.ts';
import { gateAgainstBaseline } from '../../reports/compare/gate.ts';
import type { CacheStudyRow } from '../../reports/record/cache-study.ts';
import type { Manifest } from '../../reports/record/manifest.ts';
import { variantKey } from '../../reports/record/names.ts';
import type { RunResult } from '../../reports/record/result.ts';
import { replayCaches, summariseStudy } from '../cache/summarise-study.ts';
import { type CapacityScenario, searchesCapacity } from '../capacity/configurations.ts';
import { runSearches } from '../capacity/run-searches.ts';
import { summariseCapacity } from '../capacity/summarise-capacity.ts';
import type { View } from '../cell/live-view.ts';
import type { CellPlan } from '../plan/cell-plan.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { RunOne } from './finish-cell.ts';
import { runComparison } from './run-comparison.ts';

const REPLAY_SECONDS = 6;

export type CellsInput = {
  scenario: Scenario;
  seed: number;
  cells: readonly CellPlan[];
  coreCount: number;
  baseline: ComparedRun | null;
  view: View;
};

/** Everything that the result says but when and from which commit, from what was recorded and the manifest. */
export type Summarise = (manifest: Manifest) => Omit<RunResult, 'commit' | 'startedAt' | 'finishedAt'>;

export type CellsRun = {
  summarise: Summarise;
  /** The rate that levels of load are multiples of; null where they are none. */
  capacityPerSecond: number | null;
};

/** Runs the cells one after the other and gives what makes the result of them. */
export async function runCells(input: CellsInput, runOne: RunOne): Promise<CellsRun> {
  const { scenario } = input;
  return searchesCapacity(scenario)
    ? { summarise: await searchForCapacity(scenario, input, runOne), capacityPerSecond: null }
    : runPlanned(input, runOne);
}

/** Runs all cells that were planned beforehand, or follow from a capacity. */
async function runPlanned(input: CellsInput, runOne: RunOne): Promise<CellsRun> {
  const { scenario } = input;
  const replayed = replay(input);
  const { finished, capacityPerSecond, summarise } = await runComparison(input, runOne);
  return {
    capacityPerSecond,
    summarise(manifest) {
      const result = summarise((measured) => againstBaseline(input, manifest, measured));
      const settingsOf = (key: string) =>
        finished.find(({ plan }) => variantKey(plan) === key)?.plan.scenario;
      const cacheStudy = summariseStudy(
        scenario,
        replayed,
        Object.entries(result.variants).map(([name, { metrics }]) => ({
          name,
          scenario: settingsOf(name) ?? scenario,
          metrics,
        })),
      );
      return cacheStudy === undefined ? result : { ...result, cacheStudy };
    },
  };
}

/** What needs no service comes first: it is done in seconds, and may end the run. */
function replay({ scenario, seed, view }: CellsInput): CacheStudyRow[] {
  if (scenario.cacheReplay === undefined) return [];
  view.phase('replaying reads through every cache policy', REPLAY_SECONDS);
  return replayCaches(scenario, seed);
}

/** Runs cells whose rates depend on how those before them ended. */
async function searchForCapacity(
  scenario: CapacityScenario,
  { seed, coreCount, view }: CellsInput,
  runOne: RunOne,
): Promise<Summarise> {
  const say = (line: string): void => view.say(line);
  const searched = await runSearches({ scenario, seed, coreCount, runCell: runOne, say });
  return () => summariseCapacity(scenario, seed, searched);
}

/** Comparisons with the baseline; what makes it a doubtful one is said on the screen. */
function againstBaseline(
  { baseline, view }: CellsInput,
  manifest: Manifest,
  measured: ComparedRun['result'],
): RunResult['comparisons'] {
  if (baseline === null) return [];
  const gate = gateAgainstBaseline({ name: 'this run', result: measured, manifest }, baseline);
  for (const warning of gate.warnings) view.say(`! ${warning}`);
  return gate.comparisons;
}
