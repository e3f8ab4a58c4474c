// A growing list of durations in whole microseconds: the cheapest thing that a sample can be put into while the load
// runs. Histograms are made of it later, in idle time.

const MAX_US = 3_600_000_000;

export type SampleBuffer = {
  us: Uint32Array;
  count: number;
  censoredCount: number;
  /** The shortest time at which a sample was cut off; Infinity where none was. */
  censoredFromMs: number;
};

export function createSampleBuffer(): SampleBuffer {
  return { us: new Uint32Array(64), count: 0, censoredCount: 0, censoredFromMs: Number.POSITIVE_INFINITY };
}

/** Adds one duration in ms, kept within 0 and 1 h. */
export function addSample(buffer: SampleBuffer, valueMs: number): void {
  if (buffer.count === buffer.us.length) {
    const larger = new Uint32Array(buffer.us.length * 2);
    larger.set(buffer.us);
    buffer.us = larger;
  }
  buffer.us[buffer.count++] = Math.min(MAX_US, Math.max(0, Math.round(valueMs * 1000)));
}

/** Adds a duration that was cut off at `atLeastMs`. */
export function addCensored(buffer: SampleBuffer, atLeastMs: number): void {
  addSample(buffer, atLeastMs);
  buffer.censoredCount += 1;
  if (atLeastMs < buffer.censoredFromMs) buffer.censoredFromMs = Math.max(0, atLeastMs);
}

/**
 * The value in ms at `quantile` (0–1, nearest rank), null without samples. Sorts in place.
 */
export function quantileMs(samplesUs: Uint32Array, quantile: number): number | null {
  if (samplesUs.length === 0) return null;
  samplesUs.sort();
  const rank = Math.max(0, Math.ceil(quantile * samplesUs.length) - 1);
  return (samplesUs[rank] ?? 0) / 1000;
}
