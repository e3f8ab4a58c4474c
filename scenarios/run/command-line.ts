// From the words of the command line to cells that may run, or to every mistake in them at once.
import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import Value from 'typebox/value';
import { countOf } from '../../reports/format.ts';
import { Manifest } from '../../reports/record/manifest.ts';
import { readDocument } from '../../reports/record/read-cell.ts';
import { configurationsOf, firstProbes, searchesCapacity } from '../capacity/configurations.ts';
import { faultThresholds, readFault } from '../faults/fault.ts';
import { Scenario } from '../scenario.ts';
import { asAa, asQuick, type CellPlan, planCells } from './cell-plan.ts';
import { descriptorMistakes } from './file-descriptors.ts';
import { answerMistakes, metricMistakes } from './measurable.ts';
import { didYouMean } from './nearest.ts';
import { applyOverrides, type Overridden } from './overrides.ts';
import { planRun } from './plan.ts';

export type ScenarioOptions = {
  seed?: string;
  duration?: string;
  sessionsPerSecond?: string;
  ordersPerSecond?: string;
  blocks?: string;
  quick?: boolean;
  aa?: boolean;
  resume?: string;
  baseline?: string;
  fault?: string;
  set: string[];
  out?: string;
  json?: boolean;
  dryRun?: boolean;
};

export type Asked =
  | {
      kind: 'ok';
      scenario: Scenario;
      seed: number;
      cells: CellPlan[];
      /** Options that made this from the scenario's file, for the replay. */
      overrides: string[];
      /** `--quick`, `--aa`, `--blocks N`, as they were given. */
      flags: string[];
      resume: { directory: string; startedAt: Date } | null;
    }
  | { kind: 'mistakes'; mistakes: string[] };

const DEFAULT_SEED = 1;
const MAX_SEED = 2 ** 31 - 1;
const MAX_BLOCKS = 200;

/**
 * Finds the scenario, applies the options (`--duration`, `--sessions-per-second` and `--orders-per-second` are short for a
 * `--set`) and plans every cell, so that what cannot run is known before anything starts. `runsFolder` is where
 * `--resume` looks; `coreCount` is how many cores a search may use.
 */
export function readCommandLine(
  scenarios: readonly Scenario[],
  name: string,
  options: ScenarioOptions,
  runsFolder: string,
  coreCount: number,
): Asked {
  if (options.resume !== undefined) return readResumed(name, options.resume, runsFolder, coreCount);
  const mistakes: string[] = [];
  const seed = options.seed === undefined ? DEFAULT_SEED : Number(options.seed);
  if (!Number.isInteger(seed) || seed < 0 || seed > MAX_SEED) {
    mistakes.push(
      `--seed ${options.seed}: found ${options.seed}. Needed: a whole number from 0 to ${MAX_SEED}.`,
    );
  }
  const overrides = overridesOf(options);
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (scenario === undefined) {
    const names = scenarios.map((candidate) => candidate.name);
    mistakes.unshift(
      `There is no scenario ${name}.${didYouMean(name, names)} \`npm run scenario\` lists them: ${names.join(', ')}.`,
    );
    return { kind: 'mistakes', mistakes };
  }
  mistakes.push(...comparisonMistakes(scenario, options), ...searchMistakes(scenario, options));
  const faulty = withFault(scenario, options.fault);
  if (faulty.kind === 'mistakes') mistakes.push(...faulty.mistakes);
  const base = faulty.kind === 'ok' ? faulty.scenario : scenario;
  // Quick first: what is said on the command line has the last word.
  const overridden = applyOverrides(options.quick === true ? asQuick(base) : base, overrides);
  if (overridden.kind === 'mistakes') mistakes.push(...overridden.mistakes);
  if (mistakes.length > 0 || overridden.kind === 'mistakes') return { kind: 'mistakes', mistakes };
  const asked = withBlocks(
    options.aa === true ? asAa(overridden.scenario) : overridden.scenario,
    options.blocks,
  );
  return planned(asked, seed, overrides, flagsOf(options), coreCount);
}

function planned(
  scenario: Scenario,
  seed: number,
  overrides: string[],
  flags: string[],
  coreCount: number,
): Asked {
  // Of a search only the first probe is known beforehand; it shows whether anything can be planned at all.
  const cells = searchesCapacity(scenario) ? firstProbes(scenario, seed) : planCells(scenario, seed);
  // A plan depends on load, data and seed only; the first block stands for the others.
  const firstBlock = cells.filter(({ block }) => block === 0);
  const mistakes = new Set([
    ...coreMistakes(scenario, coreCount),
    ...answerMistakes(scenario, firstBlock),
    ...firstBlock.flatMap((cell) => {
      const plan = planRun(cell.scenario, cell.seed);
      const own = plan.kind === 'mistakes' ? plan.mistakes : descriptorMistakes(cell.scenario);
      return [...metricMistakes(cell.scenario), ...own];
    }),
  ]);
  if (mistakes.size > 0) return { kind: 'mistakes', mistakes: [...mistakes] };
  return { kind: 'ok', scenario, seed, cells, overrides, flags, resume: null };
}

/** A search all of whose configurations would be skipped answers nothing. */
function coreMistakes({ capacity }: Scenario, coreCount: number): string[] {
  if (capacity === undefined) return [];
  if (configurationsOf(capacity, coreCount).some(({ skippedBecause }) => skippedBecause === null)) return [];
  return [
    `capacity.apiProcesses=${capacity.apiProcesses.join(',')}: nothing would be searched, for this machine has ${countOf(coreCount, 'core')}. Needed: a number of API processes from 1 to ${coreCount} among them.`,
  ];
}

/** A fault run is judged by its audit and its recovery, so its latency limits give way to `recovered-within`. */
function withFault(scenario: Scenario, text: string | undefined): Overridden {
  if (text === undefined) return { kind: 'ok', scenario };
  const fault = readFault(text);
  if (typeof fault === 'string') return { kind: 'mistakes', mistakes: [fault] };
  if (scenario.comparison !== undefined) {
    return {
      kind: 'mistakes',
      mistakes: [`--fault ${text}: scenario ${scenario.name} compares variants; faults are for single runs.`],
    };
  }
  return { kind: 'ok', scenario: { ...scenario, fault, thresholds: faultThresholds } };
}

function flagsOf({ quick, aa, blocks, fault }: ScenarioOptions): string[] {
  return [
    ...(quick === true ? ['--quick'] : []),
    ...(aa === true ? ['--aa'] : []),
    ...(fault === undefined ? [] : [`--fault ${fault}`]),
    ...(blocks === undefined ? [] : [`--blocks ${blocks}`]),
  ];
}

function overridesOf(options: ScenarioOptions): string[] {
  const short = {
    'load.durationSeconds': options.duration,
    'load.sessionsPerSecond': options.sessionsPerSecond,
    'load.ordersPerSecond': options.ordersPerSecond,
  };
  return [
    ...Object.entries(short).flatMap(([path, value]) => (value === undefined ? [] : [`${path}=${value}`])),
    ...options.set,
  ];
}

function comparisonMistakes(scenario: Scenario, { quick, aa, blocks }: ScenarioOptions): string[] {
  const count = Number(blocks);
  const bad = blocks !== undefined && !(Number.isInteger(count) && count >= 1 && count <= MAX_BLOCKS);
  const asked = { '--quick': quick === true, '--aa': aa === true, '--blocks': blocks !== undefined };
  const useless = Object.entries(asked).filter(
    ([option, used]) =>
      used && scenario.comparison === undefined && !(option === '--quick' && scenario.capacity !== undefined),
  );
  return [
    ...useless.map(
      ([option]) => `${option}: scenario ${scenario.name} compares nothing; it has one variant only.`,
    ),
    ...(aa === true && scenario.comparison?.pairs.length === 0
      ? [
          `--aa: scenario ${scenario.name} has one variant only; --baseline with an older run of it does that.`,
        ]
      : []),
    ...(bad ? [`--blocks ${blocks}: found ${blocks}. Needed: a whole number from 1 to ${MAX_BLOCKS}.`] : []),
  ];
}

/** What a search sets itself cannot be set beside it. */
function searchMistakes(scenario: Scenario, options: ScenarioOptions): string[] {
  if (scenario.capacity === undefined) return [];
  const instead = {
    '--duration': [options.duration, 'Set capacity.probeSeconds and capacity.confirmSeconds.'],
    '--orders-per-second': [options.ordersPerSecond, 'Set capacity.startPerSecond, where it begins.'],
    '--sessions-per-second': [options.sessionsPerSecond, 'Set capacity.startPerSecond, where it begins.'],
    '--fault': [options.fault, 'Faults are for single runs.'],
    '--baseline': [options.baseline, 'Compare the rates that two runs answer.'],
  };
  return Object.entries(instead).flatMap(([option, [used, next]]) =>
    used === undefined ? [] : [`${option}: scenario ${scenario.name} searches for a rate. ${next}`],
  );
}

function withBlocks(scenario: Scenario, blocks: string | undefined): Scenario {
  if (blocks === undefined || scenario.comparison === undefined) return scenario;
  return { ...scenario, comparison: { ...scenario.comparison, blocks: Number(blocks) } };
}

/** A run that was cut off says in its manifest what it was; it goes on as exactly that. */
function readResumed(name: string, run: string, runsFolder: string, coreCount: number): Asked {
  const directory = isAbsolute(run) || existsSync(run) ? run : join(runsFolder, run);
  const file = join(directory, 'manifest.json');
  if (!existsSync(file)) {
    return {
      kind: 'mistakes',
      mistakes: [
        `--resume ${run}: there is no ${file}. Needed: the directory of a run that came as far as its data set.`,
      ],
    };
  }
  const manifest = readDocument(file, Manifest);
  if (manifest.scenario !== name || !Value.Check(Scenario, manifest.effectiveScenario)) {
    return {
      kind: 'mistakes',
      mistakes: [
        `--resume ${run}: that is a run of ${manifest.scenario}, in the form of its time. Needed: a run of ${name}.`,
      ],
    };
  }
  const asked = planned(
    manifest.effectiveScenario,
    manifest.seed,
    manifest.overrides,
    manifest.flags ?? [],
    coreCount,
  );
  return asked.kind === 'mistakes'
    ? asked
    : { ...asked, resume: { directory, startedAt: new Date(manifest.startedAt) } };
}
