// Whether the generator did its part. Only what the generator itself caused makes a run INVALID: what the shop caused
// (timeouts, refusals, no free person) counts against the shop.
import type { GeneratorHealth, LittlesLaw } from '../../reports/record/result.ts';
import { LARGEST_LITTLE_RESIDUAL_RATIO, littleResidual } from '../../reports/statistics/queueing.ts';
import type { GeneratorSummary } from '../../sim/engine/protocol/protocol.ts';
import { starvationSentences } from '../../sim/engine/protocol/starvation.ts';
import type { CellOutcome } from '../cell/cell.ts';
import type { Scenario } from '../scenario/scenario.ts';

const percent = (ratio: number): string => `${(ratio * 100).toFixed(1)} %`;

/**
 * Judges all generators of a cell, of several each by itself; `stealMaxRatio` is the largest share of CPU time the hypervisor took in
 * a second.
 */
export function judgeGenerators(
  {
    summary,
    lostGenerators = [],
    stealMaxRatio,
  }: Pick<CellOutcome, 'summary' | 'lostGenerators' | 'stealMaxRatio'>,
  limits: Scenario['generator'],
): GeneratorHealth {
  const { shards } = summary;
  const health =
    shards === undefined
      ? judgeGenerator(summary, stealMaxRatio, limits)
      : {
          ...mergeGenerators(shards.map((shard, index) => namedHealth(shard, index, shards.length))),
          littlesLaw: littlesLawOf(summary),
        };
  const lost = lostGenerators.map((how) => `${how} What it had sent is not known, so nothing was audited.`);
  if (lost.length === 0) return health;
  return { ...health, ok: false, reasons: [...lost, ...health.reasons], lostCount: lost.length };

  function namedHealth(shard: GeneratorSummary, index: number, count: number): GeneratorHealth {
    const own = judgeGenerator(shard, stealMaxRatio, limits);
    const who = `Generator ${index + 1} of ${count}${shard.name === undefined ? '' : ` (${shard.name})`}`;
    return { ...own, reasons: own.reasons.map((reason) => `${who}: ${reason}`) };
  }
}

/** Judges one generator's own figures. */
export function judgeGenerator(
  summary: GeneratorSummary,
  stealMaxRatio: number,
  limits: Scenario['generator'],
): GeneratorHealth {
  const { startedRatioAtLeast, latenessP99MsAtMost, eventLoopLagP99MsAtMost, cpuRatioAtMost } = limits;
  const cpuRatio = summary.spanSeconds > 0 ? summary.cpuSeconds / summary.spanSeconds : 0;
  const offered = summary.plannedCount - summary.noFreePersonCount;
  const startedRatio = offered > 0 ? summary.startedCount / offered : 0;
  const reasons = starvationSentences(summary.starved);
  if (startedRatio < startedRatioAtLeast) {
    reasons.push(
      `The generator started ${summary.startedCount} of ${offered} planned sessions (${percent(startedRatio)}; need ≥ ${percent(startedRatioAtLeast)}).`,
    );
  }
  if (summary.latenessP99Ms > latenessP99MsAtMost) {
    reasons.push(
      `1 in 100 starts was more than ${summary.latenessP99Ms.toFixed(1)} ms late (need ≤ ${latenessP99MsAtMost} ms).`,
    );
  }
  if (summary.eventLoopLagP99Ms > eventLoopLagP99MsAtMost) {
    reasons.push(
      `The generator’s event loop lagged ${summary.eventLoopLagP99Ms.toFixed(1)} ms at p99 (need ≤ ${eventLoopLagP99MsAtMost} ms).`,
    );
  }
  if (cpuRatio > cpuRatioAtMost) {
    reasons.push(
      `The generator used ${percent(cpuRatio)} of a core (need ≤ ${percent(cpuRatioAtMost)}): it was itself the bottleneck.`,
    );
  }
  return {
    ok: reasons.length === 0,
    reasons,
    plannedCount: summary.plannedCount,
    startedCount: summary.startedCount,
    droppedCount: summary.droppedCount,
    noFreePersonCount: summary.noFreePersonCount,
    unknownCount: summary.unknownCount,
    latenessP50Ms: summary.latenessP50Ms,
    latenessP99Ms: summary.latenessP99Ms,
    latenessMaxMs: summary.latenessMaxMs,
    eventLoopLagP99Ms: summary.eventLoopLagP99Ms,
    cpuRatio,
    stealMaxRatio,
    littlesLaw: littlesLawOf(summary),
  };
}

/**
 * Holds what the generator counted against Little's law, the steps cut by the ends of the span included; null when nobody was
 * there. So it closes for a span of any length, steady or not, unless something was counted wrongly.
 */
export function littlesLawOf({ occupancy }: GeneratorSummary): LittlesLaw | null {
  const { meanOpenCount: meanCount, stepsPerSecond: throughputPerSecond } = occupancy;
  if (!(meanCount > 0)) return null;
  const law = littleResidual({ ...occupancy, meanCount, throughputPerSecond });
  return { ...occupancy, ...law, limitRatio: LARGEST_LITTLE_RESIDUAL_RATIO };
}

/** One health for several runs: counts are added, and of every quality the worst is kept, so one starved run is seen. */
export function mergeGenerators(all: readonly GeneratorHealth[]): GeneratorHealth {
  const sum = (read: (health: GeneratorHealth) => number) =>
    all.reduce((total, health) => total + read(health), 0);
  const worst = (read: (health: GeneratorHealth) => number) => Math.max(0, ...all.map(read));
  const lostCount = sum((health) => health.lostCount ?? 0);
  return {
    ok: all.every((health) => health.ok),
    reasons: [...new Set(all.flatMap((health) => health.reasons))],
    plannedCount: sum((health) => health.plannedCount),
    startedCount: sum((health) => health.startedCount),
    droppedCount: sum((health) => health.droppedCount),
    noFreePersonCount: sum((health) => health.noFreePersonCount),
    unknownCount: sum((health) => health.unknownCount),
    latenessP50Ms: worst((health) => health.latenessP50Ms),
    latenessP99Ms: worst((health) => health.latenessP99Ms),
    latenessMaxMs: worst((health) => health.latenessMaxMs),
    eventLoopLagP99Ms: worst((health) => health.eventLoopLagP99Ms),
    cpuRatio: worst((health) => health.cpuRatio),
    stealMaxRatio: worst((health) => health.stealMaxRatio),
    ...(lostCount === 0 ? {} : { lostCount }),
    littlesLaw: worstLittlesLaw(all),
  };
}

function worstLittlesLaw(all: readonly GeneratorHealth[]): LittlesLaw | null {
  const laws = all.flatMap(({ littlesLaw }) => littlesLaw ?? []);
  return laws.reduce<LittlesLaw | null>(
    (worst, law) =>
      worst === null || Math.abs(law.residualRatio) > Math.abs(worst.residualRatio) ? law : worst,
    null,
  );
}
