// What a command asks for: its options, and the cells that they make, or every mistake in them.

import { countOf } from '../../reports/format/format.ts';
import type { Manifest } from '../../reports/record/manifest.ts';
import { capacitySearchOf } from '../capacity/capacity-of-levels.ts';
import {
  configurationsOf,
  firstProbes,
  searchedMistakes,
  searchesCapacity,
} from '../capacity/configurations.ts';
import { type CellPlan, planCells } from '../plan/cell-plan.ts';
import { optionsOf, type ShapingOptions } from '../plan/effective-scenario.ts';
import { descriptorMistakes } from '../plan/file-descriptors.ts';
import { capacityLevelMistakes, needsCapacity, strikeMistakes } from '../plan/levels-of-capacity.ts';
import { answerMistakes, metricMistakes } from '../plan/measurable.ts';
import { planRun } from '../plan/plan.ts';
import type { RateOptions } from '../scenario/arrival-rate.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { browserMistakes, targetMistakes } from '../targets/find-target.ts';
import { answerKindMistakes } from '../verdict/answer.ts';

export type ScenarioOptions = ShapingOptions &
  RateOptions & {
    seed?: string;
    duration?: string;
    browsers?: string;
    iOwn?: string;
    resume?: string;
    resumeAnyway?: boolean;
    set: string[];
    out?: string;
    json?: boolean;
    dryRun?: boolean;
  };

/** A run that was cut off, to go on with. */
export type Resumed = {
  directory: string;
  startedAt: Date;
  manifest: Manifest;
  /** What differs from the run as it was; none where it simply goes on. */
  anyway: string[];
};

export type Asked =
  | {
      kind: 'ok';
      scenario: Scenario;
      seed: number;
      cells: CellPlan[];
      /** Options that made this from the scenario's file, for the replay. */
      overrides: string[];
      /** `--quick`, `--aa`, `--blocks N`, `--baseline RUN`, as they were given. */
      flags: string[];
      /** What it is held against. */
      baseline: string | null;
      resume: Resumed | null;
    }
  | { kind: 'mistakes'; mistakes: string[] };

/** Plans every cell, so that what cannot run is known before anything starts. */
export function planned(
  scenario: Scenario,
  seed: number,
  overrides: string[],
  flags: string[],
  coreCount: number,
): Asked {
  const wrong = [
    ...targetMistakes(scenario),
    ...browserMistakes(scenario),
    ...searchedMistakes(scenario),
    ...capacityLevelMistakes(scenario),
    ...strikeMistakes(scenario),
  ];
  if (wrong.length > 0) return { kind: 'mistakes', mistakes: wrong };
  // Of a search only the first probe is known beforehand; it shows whether anything can be planned at all.
  const cells = searchesCapacity(scenario) ? firstProbes(scenario, seed) : planCells(scenario, seed);
  // A plan depends on load, data and seed only; the first block stands for the others.
  const firstBlock = cells.filter(({ block }) => block === 0);
  const mistakes = new Set([
    ...answerKindMistakes(scenario),
    ...coreMistakes(scenario, coreCount),
    ...answerMistakes(scenario, firstBlock),
    ...(needsCapacity(scenario) ? metricMistakes(capacitySearchOf(scenario)) : []),
    ...firstBlock.flatMap((cell) => {
      const plan = planRun(cell.scenario, cell.seed);
      const own = plan.kind === 'mistakes' ? plan.mistakes : descriptorMistakes(cell.scenario);
      return [...metricMistakes(cell.scenario), ...own];
    }),
  ]);
  if (mistakes.size > 0) return { kind: 'mistakes', mistakes: [...mistakes] };
  const { baseline = null } = optionsOf(flags);
  return { kind: 'ok', scenario, seed, cells, overrides, flags, baseline, resume: null };
}

/** A search all of whose configurations would be skipped answers nothing. */
function coreMistakes({ capacity }: Scenario, coreCount: number): string[] {
  if (capacity === undefined) return [];
  if (configurationsOf(capacity, coreCount).some(({ skippedBecause }) => skippedBecause === null)) return [];
  return [
    `capacity.apiProcesses=${capacity.apiProcesses.join(',')}: nothing would be searched, for this machine has ${countOf(coreCount, 'core')}. Needed: a number of API processes from 1 to ${coreCount} among them.`,
  ];
}
