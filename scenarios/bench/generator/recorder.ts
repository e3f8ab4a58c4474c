// Bench: what one sample costs the generator from its recording to its encoded histogram, and whether memory stays bounded.
import { median } from 'simple-statistics';
import { GENERATOR_NODE_FLAGS } from '../../../sim/engine/protocol/protocol.ts';
import { type Bench, type BenchSize, counted, judged, reported } from '../bench.ts';
import { startBenchProgram } from '../programs/bench-program.ts';
import type { RecorderCost, RecorderJob } from '../programs/recorder-program.ts';

const JOBS: Record<BenchSize, RecorderJob> = {
  full: { sampleCount: 10_000_000, requestsPerSecond: 2_000, chunkCount: 10 },
  check: { sampleCount: 40_000, requestsPerSecond: 1_000, chunkCount: 10 },
};
const MAX_NS = 300;
const MAX_KEPT_GROWTH_MB = 1;
const MAX_RESIDENT_GROWTH_MB = 16;
const BYTES_PER_MB = 1_000_000;

/** From the end of the second chunk, warm by then, to the end of the last. */
function growthMb(bytes: readonly number[]): number {
  return ((bytes.at(-1) ?? Number.NaN) - (bytes[1] ?? Number.NaN)) / BYTES_PER_MB;
}

export const recorder: Bench = {
  name: 'recorder',
  question: 'CPU of one sample, encoding included, and memory over 10 million of them',
  expectedSeconds: 10,
  async run({ size, folder, view }) {
    const job = JOBS[size];
    view.detail(`recording ${job.sampleCount} samples`);
    const program = await startBenchProgram({
      path: 'scenarios/bench/programs/recorder-program.ts',
      folder,
      flags: [...GENERATOR_NODE_FLAGS, '--expose-gc'],
    });
    try {
      const cost = await program.ask<RecorderCost>(job);
      return [
        judged('recorder.sampleCpu', median(cost.nsPerSample), 'ns', { atMost: MAX_NS }),
        judged('recorder.keptMemoryGrowth', growthMb(cost.keptBytes), 'MB', { atMost: MAX_KEPT_GROWTH_MB }),
        judged('recorder.residentMemoryGrowth', growthMb(cost.residentBytes), 'MB', {
          atMost: MAX_RESIDENT_GROWTH_MB,
        }),
        reported('recorder.keptMemory', (cost.keptBytes.at(-1) ?? 0) / BYTES_PER_MB, 'MB'),
        counted('recorder.samples', cost.encodedSampleCount, job.sampleCount, 'samples'),
      ];
    } finally {
      await program.stop();
    }
  },
};
