// From the words of the command line to a scenario that may run, or to every mistake in them at once.
import type { Scenario } from '../scenario.ts';
import { didYouMean } from './nearest.ts';
import { applyOverrides } from './overrides.ts';

export type ScenarioOptions = {
  seed?: string;
  duration?: string;
  sessionsPerSecond?: string;
  set: string[];
  out?: string;
  json?: boolean;
  dryRun?: boolean;
};

export type Asked =
  | { kind: 'ok'; scenario: Scenario; seed: number; overrides: string[] }
  | { kind: 'mistakes'; mistakes: string[] };

const DEFAULT_SEED = 1;
const MAX_SEED = 2 ** 31 - 1;

/** Finds the scenario and applies the options; `--duration` and `--sessions-per-second` are short for a `--set`. */
export function readCommandLine(
  scenarios: readonly Scenario[],
  name: string,
  options: ScenarioOptions,
): Asked {
  const mistakes: string[] = [];
  const seed = options.seed === undefined ? DEFAULT_SEED : Number(options.seed);
  if (!Number.isInteger(seed) || seed < 0 || seed > MAX_SEED) {
    mistakes.push(
      `--seed ${options.seed}: found ${options.seed}. Needed: a whole number from 0 to ${MAX_SEED}.`,
    );
  }
  const overrides = [
    ...(options.duration === undefined ? [] : [`load.durationSeconds=${options.duration}`]),
    ...(options.sessionsPerSecond === undefined
      ? []
      : [`load.sessionsPerSecond=${options.sessionsPerSecond}`]),
    ...options.set,
  ];
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (scenario === undefined) {
    const names = scenarios.map((candidate) => candidate.name);
    mistakes.unshift(
      `There is no scenario ${name}.${didYouMean(name, names)} \`npm run scenario\` lists them: ${names.join(', ')}.`,
    );
    return { kind: 'mistakes', mistakes };
  }
  const overridden = applyOverrides(scenario, overrides);
  if (overridden.kind === 'mistakes') mistakes.push(...overridden.mistakes);
  if (mistakes.length > 0 || overridden.kind === 'mistakes') return { kind: 'mistakes', mistakes };
  return { kind: 'ok', scenario: overridden.scenario, seed, overrides };
}
