// Whether two runs may be held against each other at all: what differed in scenario, settings, machine, data set and
// services before they started. It warns and leaves the refusal to the caller.

import type { ComparedRun } from './compared-run.ts';
import { type Difference, manifestDifferences } from './manifest-differences.ts';

/** `baseline` and `candidate` are the values as text, `–` where one was not recorded. */
export type SettingDifference = { kind: string; path: string; baseline: string; candidate: string };

type Kind = { label: string; prefix: string; shownPrefix: string };
const KINDS: Kind[] = [
  { label: 'another machine', prefix: 'machine.', shownPrefix: 'machine.' },
  { label: 'another data set', prefix: 'dataSet.fingerprint', shownPrefix: 'dataSet.' },
  { label: 'levels of another capacity', prefix: 'capacityPerSecond', shownPrefix: '' },
  { label: 'other settings', prefix: 'scenario.', shownPrefix: 'scenario.' },
  { label: 'another service version or setting', prefix: 'services.', shownPrefix: 'services.' },
];
/** Words, limits, where a file lies, and how the run judges itself: none of them changes what was measured. */
const NOT_EFFECTIVE =
  /^scenario\.(name|title|question|expectedSeconds|yourShop\.file|thresholds\.|comparison\.(?!variants\.|levels\.|ofCapacity\.levels\.))/;
/** The same machine reports a little more or less memory after an update of its kernel. */
const SAME_MEMORY_RATIO = 0.02;
const SHOWN_COUNT = 6;

/** Every difference that can change a measurement, the scenario first. Commit and seed may differ: that is the use of it. */
export function settingDifferences(baseline: ComparedRun, candidate: ComparedRun): SettingDifference[] {
  const scenarios = [baseline.result.scenario, candidate.result.scenario] as const;
  const scenario =
    scenarios[0] === scenarios[1]
      ? []
      : [{ kind: 'another scenario', path: 'scenario', baseline: scenarios[0], candidate: scenarios[1] }];
  const { differing } = manifestDifferences(baseline.manifest, candidate.manifest);
  const settings = KINDS.flatMap(({ label, prefix, shownPrefix }) =>
    differing
      .filter((difference) => difference.path.startsWith(prefix) && isEffective(difference))
      .map(({ path, older, newer }) => ({
        kind: label,
        path: path.slice(shownPrefix.length),
        baseline: older,
        candidate: newer,
      })),
  );
  return [...scenario, ...settings];
}

/** One sentence per kind of difference: `another machine: coreCount 2 → 4`. */
export function comparabilityWarnings(baseline: ComparedRun, candidate: ComparedRun): string[] {
  const byKind = Map.groupBy(settingDifferences(baseline, candidate), ({ kind }) => kind);
  const sentences = [...byKind].map(([kind, differences]) => {
    const shown = differences
      .slice(0, SHOWN_COUNT)
      .map((difference) => `${difference.path} ${difference.baseline} → ${difference.candidate}`);
    const more = differences.length - shown.length;
    return `${kind}: ${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
  });
  return isSameRun(baseline, candidate)
    ? ['the same run stands on both sides: this says nothing about a change', ...sentences]
    : sentences;
}

function isEffective({ path, older, newer }: Difference): boolean {
  if (path === 'machine.memoryBytes') {
    const [before, after] = [Number(older), Number(newer)];
    return !(Math.abs(before - after) <= SAME_MEMORY_RATIO * Math.max(before, after));
  }
  return !NOT_EFFECTIVE.test(path);
}

function isSameRun(baseline: ComparedRun, candidate: ComparedRun): boolean {
  return (
    baseline.manifest.startedAt === candidate.manifest.startedAt &&
    baseline.result.scenario === candidate.result.scenario &&
    baseline.manifest.seed === candidate.manifest.seed
  );
}
