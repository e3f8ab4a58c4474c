// Running quantiles of the last three seconds, by completion, for whoever watches a run. Results never use them.
import type { LiveQuantiles } from '../protocol/protocol.ts';
import { addSample, createSampleBuffer, quantileMs, type SampleBuffer } from './sample-buffer.ts';

const WINDOW_SECONDS = 3;

/** Follows the metrics that are named; others are ignored. */
export function createLiveWindow(metrics: readonly string[]): {
  add(metric: string, durationMs: number): void;
  /** Closes the present second and returns the quantiles of the window. */
  takeSecond(): LiveQuantiles;
} {
  /** Of each metric the seconds of the window, the present one first. */
  const windows = new Map(metrics.map((metric) => [metric, [createSampleBuffer()]]));

  function quantiles(buffers: SampleBuffer[]): LiveQuantiles[string] {
    const all = new Uint32Array(buffers.reduce((sum, buffer) => sum + buffer.count, 0));
    let offset = 0;
    for (const buffer of buffers) {
      all.set(buffer.us.subarray(0, buffer.count), offset);
      offset += buffer.count;
    }
    return { p50Ms: quantileMs(all, 0.5), p99Ms: quantileMs(all, 0.99) };
  }

  return {
    add(metric, durationMs) {
      const present = windows.get(metric)?.[0];
      if (present !== undefined) addSample(present, durationMs);
    },
    takeSecond() {
      const taken = Object.fromEntries([...windows].map(([metric, buffers]) => [metric, quantiles(buffers)]));
      for (const [metric, buffers] of windows)
        windows.set(metric, [createSampleBuffer(), ...buffers.slice(0, WINDOW_SECONDS - 1)]);
      return taken;
    },
  };
}
