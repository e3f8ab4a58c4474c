// What several generators say at the end of one plan, as one summary that keeps each of them, since every one is judged by itself.
import type { GeneratorSummary, OccupancySummary } from '../../../sim/engine/protocol/protocol.ts';
import { addUp } from './add-up.ts';

/** The whole of all of them. `shards` are in their order. @throws Error when there is none */
export function mergeSummaries(shards: readonly GeneratorSummary[]): GeneratorSummary {
  const [first] = shards;
  if (first === undefined) throw new Error('a run that no generator made was to be summed up');
  if (shards.length === 1) return first;
  const sum = (read: (summary: GeneratorSummary) => number) =>
    shards.reduce((total, shard) => total + read(shard), 0);
  const worst = (read: (summary: GeneratorSummary) => number) => Math.max(...shards.map(read));
  return {
    plannedCount: sum((shard) => shard.plannedCount),
    startedCount: sum((shard) => shard.startedCount),
    droppedCount: sum((shard) => shard.droppedCount),
    noFreePersonCount: sum((shard) => shard.noFreePersonCount),
    unknownCount: sum((shard) => shard.unknownCount),
    requestsSucceededCount: sum((shard) => shard.requestsSucceededCount),
    requestsFailedCount: sum((shard) => shard.requestsFailedCount),
    latenessP50Ms: worst((shard) => shard.latenessP50Ms),
    latenessP99Ms: worst((shard) => shard.latenessP99Ms),
    latenessMaxMs: worst((shard) => shard.latenessMaxMs),
    eventLoopLagP99Ms: worst((shard) => shard.eventLoopLagP99Ms),
    cpuSeconds: sum((shard) => shard.cpuSeconds),
    spanSeconds: worst((shard) => shard.spanSeconds),
    occupancy: mergeOccupancy(shards.map(({ occupancy }) => occupancy)),
    starved: addUp(shards.map(({ starved }) => starved)),
    failures: addUp(shards.map(({ failures }) => failures)),
    shards,
  };
}

/** Open sessions add up; means of a step are weighted by how many steps each has made. */
function mergeOccupancy(all: readonly OccupancySummary[]): OccupancySummary {
  const sum = (read: (one: OccupancySummary) => number) => all.reduce((total, one) => total + read(one), 0);
  const stepsPerSecond = sum((one) => one.stepsPerSecond);
  const mean = (read: (one: OccupancySummary) => number) =>
    stepsPerSecond === 0 ? 0 : sum((one) => read(one) * one.stepsPerSecond) / stepsPerSecond;
  return {
    meanOpenCount: sum((one) => one.meanOpenCount),
    stepsPerSecond,
    meanThinkMs: mean((one) => one.meanThinkMs),
    meanResponseMs: mean((one) => one.meanResponseMs),
    cutCount: sum((one) => one.cutCount),
  };
}
