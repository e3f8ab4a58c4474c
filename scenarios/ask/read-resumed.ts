// A run that was cut off, read back as what it was begun with, and how the scenario has changed since.
import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import Value from 'typebox/value';
import { Manifest } from '../../reports/record/manifest.ts';
import { readDocument } from '../../reports/record/read-cell.ts';
import { effectiveScenario, optionsOf } from '../plan/effective-scenario.ts';
import { type Asked, planned, type ScenarioOptions } from '../run/asked.ts';
import { scenarioDifferences } from '../run/resume.ts';
import { givenRates } from '../scenario/arrival-rate.ts';
import { Scenario } from '../scenario/scenario.ts';

/** What would be ignored beside `--resume`, for the run goes on as it was begun. */
function ignoredBeside(options: ScenarioOptions & { resume: string }): string[] {
  const given = {
    '--seed': options.seed,
    '--duration': options.duration,
    ...Object.fromEntries(givenRates(options).map(({ option, value }) => [option, value])),
    '--browsers': options.browsers,
    '--generators': options.generators,
    '--blocks': options.blocks,
    '--quick': options.quick,
    '--aa': options.aa,
    '--aa-of': options.aaOf,
    '--fault': options.fault,
    '--target': options.target,
    '--url': options.url,
    '--baseline': options.baseline,
    '--set': options.set.length > 0 ? options.set : undefined,
  };
  return Object.entries(given).flatMap(([option, value]) =>
    value === undefined
      ? []
      : [
          `${option}: found beside --resume, which goes on with the run as it was begun. Needed: one of them.`,
        ],
  );
}

/** A run that was cut off says in its manifest what it was; it goes on as exactly that. */
export function readResumed(
  scenarios: readonly Scenario[],
  name: string,
  options: ScenarioOptions & { resume: string },
  runsFolder: string,
  coreCount: number,
): Asked {
  const { resume: run } = options;
  const ignored = ignoredBeside(options);
  if (ignored.length > 0) return { kind: 'mistakes', mistakes: ignored };
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
  const { effectiveScenario: recorded, seed, overrides, flags = [] } = manifest;
  const asked = planned(recorded, seed, overrides, flags, coreCount);
  if (asked.kind === 'mistakes') return asked;
  const anyway = changesOf(scenarios, manifest);
  return { ...asked, resume: { directory, startedAt: new Date(manifest.startedAt), manifest, anyway } };
}

/** How the scenario that the recorded options make of today's file differs from the recorded one. */
function changesOf(scenarios: readonly Scenario[], manifest: Manifest): string[] {
  const scenario = scenarios.find((candidate) => candidate.name === manifest.scenario);
  if (scenario === undefined) return [`scenario: found none named ${manifest.scenario}, needed it`];
  const now = effectiveScenario(scenario, optionsOf(manifest.flags ?? []), manifest.overrides);
  return now.kind === 'ok'
    ? scenarioDifferences(manifest.effectiveScenario, asItWasMet(now.scenario, manifest.effectiveScenario))
    : now.mistakes.map((mistake) => `scenario: ${mistake}`);
}

/** How many accounts a shop of somebody's own has is asked when the run goes on, and stands in no command. */
function asItWasMet(now: Scenario, recorded: unknown): Scenario {
  if (now.yourShop === undefined || !Value.Check(Scenario, recorded)) return now;
  const { accountCount } = recorded.yourShop ?? {};
  return accountCount === undefined ? now : { ...now, yourShop: { ...now.yourShop, accountCount } };
}
