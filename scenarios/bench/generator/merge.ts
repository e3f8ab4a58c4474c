// Bench: what the rehearsal's process spends on the rows of 200 generators, whether memory stays bounded, and that no sample is lost.
import { type Bench, type BenchSize, counted, judged, reported } from '../bench.ts';
import { startBenchProgram } from '../programs/bench-program.ts';
import type { MergeCost, MergeJob } from '../programs/merge-program.ts';

const JOBS: Record<BenchSize, MergeJob> = {
  full: { generatorCount: 200, seconds: 60, requestsPerSecond: 1_000 },
  check: { generatorCount: 3, seconds: 10, requestsPerSecond: 20 },
};
const MAX_CORE_RATIO = 0.2;
const MAX_KEPT_GROWTH_MB = 5;
const BYTES_PER_MB = 1_000_000;

export const merge: Bench = {
  name: 'merge',
  question: 'CPU of merging and recording the rows of 200 generators, and memory over a minute of them',
  expectedSeconds: 15,
  async run({ size, folder, view }) {
    const job = JOBS[size];
    view.detail(`merging ${job.seconds} s of ${job.generatorCount} generators`);
    const program = await startBenchProgram({
      path: 'scenarios/bench/programs/merge-program.ts',
      folder,
      flags: ['--expose-gc'],
    });
    try {
      const cost = await program.ask<MergeCost>(job);
      const growthMb = (cost.keptBytesAtLast - cost.keptBytesAtFirst) / BYTES_PER_MB;
      return [
        judged('merge.coreRatio', cost.cpuMsPerSecond / 1_000, 'cores', { atMost: MAX_CORE_RATIO }),
        judged('merge.keptMemoryGrowth', growthMb, 'MB', { atMost: MAX_KEPT_GROWTH_MB }),
        reported('merge.cpuPerGenerator', cost.cpuMsPerSecond / job.generatorCount, 'ms/s'),
        counted('merge.samples', cost.samplesMerged, cost.samplesMade, 'samples'),
      ];
    } finally {
      await program.stop();
    }
  },
};
