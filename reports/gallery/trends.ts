// How each limited metric went from run to run: one group for each scenario and machine, one chart for each limit, with
// a line for each way of running that has at least three runs.
// Runs without a performance result (invalid, failed audit, unfinished) are left out and counted.

import { countOf, formatBytes } from '../format/format.ts';
import type { Manifest } from '../record/manifest.ts';
import type { ThresholdResult } from '../record/result.ts';
import { outcomeOf } from '../record/threshold-result.ts';
import { statisticLabel } from '../words/metric-names.ts';
import { hasResult } from './key-figure.ts';
import { type FinishedEntry, type GalleryEntry, scenarioOfEntry } from './list-entries.ts';
import { FEWEST_POINTS } from './sparkline.ts';
import type { TrendChart, TrendGroup, TrendPoint } from './trend-data.ts';

/** @param entries newest first */
export function trendsOf(entries: GalleryEntry[]): TrendGroup[] {
  const usable = entries.filter(isJudged).toReversed();
  const groups = Map.groupBy(usable, (entry) =>
    JSON.stringify([entry.result.scenario, machineText(entry.manifest)]),
  );
  return [...groups.values()].flatMap((runs, index) => {
    const [first] = runs;
    const charts = chartsOf(runs, index);
    if (first === undefined || charts.length === 0) return [];
    return {
      scenario: first.result.scenario,
      machine: machineText(first.manifest),
      runs: runs.map(({ name, result }) => ({ name, startedAt: result.startedAt, commit: result.commit })),
      charts,
    };
  });
}

/** Runs of a scenario that no trend shows. */
export function leftOutCount(entries: GalleryEntry[], scenario: string): number {
  return entries.filter((entry) => scenarioOfEntry(entry) === scenario && !isJudged(entry)).length;
}

/** What tells machines apart: a trend over two machines would be no trend. */
export function machineText({ machine }: Manifest): string {
  return `${machine.cpuModel}, ${countOf(machine.coreCount, 'core')}, ${formatBytes(machine.memoryBytes)}, ${machine.platform}`;
}

/** Options and overrides that change what was run; a limit, a seed or a baseline of its own does not. */
export function settingsText({ overrides, flags = [] }: Manifest): string {
  const own = [...flags, ...overrides]
    .filter((setting) => !/^(thresholds\.|seed=|--baseline )/.test(setting))
    .sort();
  return own.length === 0 ? 'as the scenario stands' : own.join(', ');
}

function isJudged(entry: GalleryEntry): entry is FinishedEntry {
  return entry.kind === 'finished' && hasResult(entry.result);
}

function chartsOf(runs: FinishedEntry[], group: number): TrendChart[] {
  const severalVariants = new Set(runs.flatMap(({ result }) => Object.keys(result.variants))).size > 1;
  const measured = runs.flatMap((run, place) =>
    run.result.thresholds.map((threshold) => ({ place, settings: settingsText(run.manifest), threshold })),
  );
  const byLimit = Map.groupBy(measured, ({ threshold }) =>
    JSON.stringify([threshold.variant, threshold.metric, threshold.statistic]),
  );
  return [...byLimit.values()].flatMap((own, index) => {
    const last = own.at(-1)?.threshold;
    if (last === undefined) return [];
    const title = statisticLabel(last.metric, last.statistic);
    const lines = [...Map.groupBy(own, ({ settings }) => settings)]
      .map(([settings, points]) => ({ settings, points: points.flatMap(pointOf) }))
      .filter(({ points }) => points.length >= FEWEST_POINTS);
    if (lines.length === 0) return [];
    return {
      id: `trend-${group}-${index}`,
      title: severalVariants ? `${title} (${last.variant})` : title,
      limitName: last.name,
      unit: last.unit,
      lines,
    };
  });
}

function pointOf({ place, threshold }: { place: number; threshold: ThresholdResult }): TrendPoint[] {
  const { value, ok, atMost, atLeast } = threshold;
  return value === null || outcomeOf(threshold) === 'undecided'
    ? []
    : [{ place, value, ok, atMost: atMost ?? null, atLeast: atLeast ?? null }];
}
