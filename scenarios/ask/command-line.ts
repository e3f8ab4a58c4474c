// From the words of the command line to cells that may run, or to every mistake in them at once.

import { didYouMean } from '../mistakes/nearest.ts';
import { effectiveScenario, flagsOf } from '../plan/effective-scenario.ts';
import { type Asked, planned, type ScenarioOptions } from '../run/asked.ts';
import { givenRates } from '../scenario/arrival-rate.ts';
import { generatorSettings } from '../scenario/generators.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { secondsText } from '../scenario/span.ts';
import { readResumed } from './read-resumed.ts';

const DEFAULT_SEED = 1;
const MAX_SEED = 2 ** 31 - 1;
const MAX_BLOCKS = 200;

/**
 * Finds the scenario, applies the options (`--duration` and the rates of arrivals, such as `--orders-per-second`, are short for a
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
  if (options.resume !== undefined)
    return readResumed(scenarios, name, { ...options, resume: options.resume }, runsFolder, coreCount);
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
  if (options.resumeAnyway === true)
    mistakes.push('--resume-anyway: there is nothing to go on with. Needed: --resume RUN.');
  const made = effectiveScenario(scenario, options, overrides);
  if (made.kind === 'mistakes') mistakes.push(...made.mistakes);
  if (mistakes.length > 0 || made.kind === 'mistakes') return { kind: 'mistakes', mistakes };
  return planned(made.scenario, seed, overrides, flagsOf(options), coreCount);
}

function overridesOf(options: ScenarioOptions): string[] {
  const short = {
    'load.durationSeconds': options.duration === undefined ? undefined : secondsText(options.duration),
    ...Object.fromEntries(givenRates(options).map(({ path, value }) => [path, value])),
    'load.browsers': options.browsers,
    ...generatorSettings(options.generators),
  };
  return [
    ...Object.entries(short).flatMap(([path, value]) => (value === undefined ? [] : [`${path}=${value}`])),
    ...options.set,
  ];
}

function comparisonMistakes(scenario: Scenario, { quick, aa, aaOf, blocks }: ScenarioOptions): string[] {
  const count = Number(blocks);
  const bad = blocks !== undefined && !(Number.isInteger(count) && count >= 1 && count <= MAX_BLOCKS);
  const asked = {
    '--quick': quick === true,
    '--aa': aa === true,
    '--aa-of': aaOf !== undefined,
    '--blocks': blocks !== undefined,
  };
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
    ...sideMistakes(scenario, aaOf),
    ...(bad ? [`--blocks ${blocks}: found ${blocks}. Needed: a whole number from 1 to ${MAX_BLOCKS}.`] : []),
  ];
}

/** A comparison with itself needs a variant that there is. */
function sideMistakes({ name, comparison }: Scenario, aaOf: string | undefined): string[] {
  const names = Object.keys(comparison?.variants ?? {});
  if (aaOf === undefined || comparison === undefined || names.includes(aaOf)) return [];
  return [
    `--aa-of ${aaOf}: scenario ${name} has no variant ${aaOf}.${didYouMean(aaOf, names)} Needed: one of ${names.join(', ')}.`,
  ];
}

/** What a search sets itself cannot be set beside it. */
function searchMistakes(scenario: Scenario, options: ScenarioOptions): string[] {
  if (scenario.capacity === undefined) return [];
  const instead = {
    '--duration': [options.duration, 'Set capacity.probeSeconds and capacity.confirmSeconds.'],
    ...Object.fromEntries(
      givenRates(options).map(({ option, value }) => [
        option,
        [value, 'Set capacity.startPerSecond, where it begins.'],
      ]),
    ),
    '--fault': [options.fault, 'Faults are for single runs.'],
    '--baseline': [options.baseline, 'Compare the rates that two runs answer.'],
  };
  return Object.entries(instead).flatMap(([option, [used, next]]) =>
    used === undefined ? [] : [`${option}: scenario ${scenario.name} searches for a rate. ${next}`],
  );
}
