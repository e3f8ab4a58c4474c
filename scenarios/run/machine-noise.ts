// How noisy this machine is right now, measured before a comparison: a fixed piece of work on CPU and event loop is repeated,
// and its spread from one moment to the next is held against the spread that the scenario was planned with.
import { loadavg } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { median, sampleStandardDeviation } from 'simple-statistics';
import type { MachineNoise } from '../../reports/record/manifest.ts';
import { parseCpuTimes } from '../cell/process-sampler.ts';
import { readProc } from '../data/proc.ts';

/** A moment is long enough for a median, and all moments together for a spread, within 2.4 s. */
const MOMENT_MS = 120;
const MOMENT_COUNT = 20;
/** Fixed work of about a millisecond on a machine of today. */
const SPIN_ITERATIONS = 400_000;

/** What was found, before it is judged. */
export type NoiseReading = Pick<MachineNoise, 'measuredSd' | 'stealRatio' | 'loadPerCore' | 'probeSeconds'>;

/** More of the machine's time than this taken away, or this many waiting programs for each core, is noise by itself. */
const MOST_STEAL_RATIO = 0.02;
const MOST_LOAD_PER_CORE = 0.7;

/**
 * Judges a reading. `expectedSd` is the SD of the paired log-ratio that the scenario's number of blocks was planned with;
 * the probe pairs its moments the same way, so that the two may be compared.
 */
export function judgeNoise(reading: NoiseReading, expectedSd: number): MachineNoise {
  const percent = (ratio: number): string => `${(ratio * 100).toFixed(1)} %`;
  const { measuredSd, stealRatio, loadPerCore } = reading;
  const reasons = [
    ...(measuredSd > expectedSd
      ? [
          `the same work took ${percent(measuredSd)} (SD) more or less time from one moment to the next; planned with ${percent(expectedSd)}`,
        ]
      : []),
    ...(stealRatio > MOST_STEAL_RATIO
      ? [`the hypervisor took ${percent(stealRatio)} of the CPU time; need ≤ ${percent(MOST_STEAL_RATIO)}`]
      : []),
    ...(loadPerCore > MOST_LOAD_PER_CORE
      ? [
          `${loadPerCore.toFixed(1)} programs a core wanted to run over the last minute; need ≤ ${MOST_LOAD_PER_CORE}`,
        ]
      : []),
  ];
  return { ...reading, expectedSd, isNoisy: reasons.length > 0, reasons };
}

/** The spread of a pair of moments, as a comparison pairs its runs: SD of the log-ratios of neighbours' medians. */
export function pairedSd(momentMs: readonly number[]): number {
  const logRatios: number[] = [];
  for (let at = 0; at + 1 < momentMs.length; at += 2) {
    const [first = Number.NaN, second = Number.NaN] = momentMs.slice(at, at + 2);
    logRatios.push(Math.log(second / first));
  }
  return sampleStandardDeviation(logRatios);
}

/**
 * Measures for about two and a half seconds. Ask before services and shop start: the load average is that of the minute
 * before, and what is to be found out is what the neighbours do.
 */
export async function measureNoise(monotonicMs: () => number, coreCount: number): Promise<NoiseReading> {
  const startedMs = monotonicMs();
  const loadPerCore = (loadavg()[0] ?? 0) / coreCount;
  const before = parseCpuTimes(readProc('/proc/stat') ?? '\n');
  // The first moment only lets the compiler finish.
  await momentMedianMs(monotonicMs);
  const moments: number[] = [];
  while (moments.length < MOMENT_COUNT) moments.push(await momentMedianMs(monotonicMs));
  const after = parseCpuTimes(readProc('/proc/stat') ?? '\n');
  const total = after.total - before.total;
  return {
    measuredSd: pairedSd(moments),
    stealRatio: total > 0 ? (after.steal - before.steal) / total : 0,
    loadPerCore,
    probeSeconds: (monotonicMs() - startedMs) / 1_000,
  };
}

/** Median time of the fixed work with a turn of the event loop, over one moment. */
async function momentMedianMs(monotonicMs: () => number): Promise<number> {
  const endMs = monotonicMs() + MOMENT_MS;
  const times: number[] = [];
  do {
    const fromMs = monotonicMs();
    spin();
    await nextTurn();
    times.push(monotonicMs() - fromMs);
  } while (monotonicMs() < endMs);
  return median(times);
}

/** Whole-number work that goes on where the last left off, so that no compiler can leave it out. */
function spin(): void {
  for (let round = 0; round < SPIN_ITERATIONS; round++) state = (Math.imul(state, 1_664_525) + round) | 0;
}
let state = 1;
