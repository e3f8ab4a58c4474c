// Keeps what the engine measures: samples per metric and second of intended start, counters per second. A second's
// histograms are made once its deadline has passed, a little at a time so that encoding never holds up a send.
import { createHistogramEncoder } from './histogram-encoder.ts';
import { createLiveWindow } from './live-window.ts';
import { COUNTERS, type Counter, type Measures } from './measures.ts';
import type { HistogramPart, LiveQuantiles } from './protocol.ts';
import { addSample, createSampleBuffer, type SampleBuffer } from './sample-buffer.ts';

export type SecondCounts = Record<Counter, number>;

/** Totals over the measured span, by intended time. */
export type SpanTotals = {
  requestsSucceededCount: number;
  requestsFailedCount: number;
  unknownCount: number;
  failures: Record<string, number>;
};

export type Recorder = Measures & {
  /** Closes the present second: its counts, its failures by kind, and the view of the last seconds. */
  takeSecond(): { counts: SecondCounts; failures: Record<string, number>; live: LiveQuantiles };
  /** Queues every second for encoding that can receive no more samples at `nowMs`. */
  completeSeconds(nowMs: number): void;
  /** Encodes one queued histogram, about 0.1 ms of work; false when none is queued. */
  encodeOne(): boolean;
  /** The parts encoded since the last call. */
  takeParts(): HistogramPart[];
  /** Queues and encodes everything that is left, whatever its age. */
  encodeAll(): void;
  totals(): SpanTotals;
};

const emptyCounts = () => Object.fromEntries(COUNTERS.map((name) => [name, 0])) as SecondCounts;

/**
 * `zeroMs` is the timeline's time of second 0, `spanMs` the measured length, `longestSampleMs` the longest that a
 * sample can take from its intended start. Memory: 4 bytes per sample for so long, then one encoded histogram.
 */
export function createRecorder(options: {
  zeroMs: number;
  spanMs: number;
  longestSampleMs: number;
}): Recorder {
  const { zeroMs, spanMs } = options;
  const encode = createHistogramEncoder();
  const live = createLiveWindow();
  const openSeconds = new Map<number, Map<string, SampleBuffer>>();
  const queue: { metric: string; second: number; samples: SampleBuffer }[] = [];
  const totals: SpanTotals = {
    requestsSucceededCount: 0,
    requestsFailedCount: 0,
    unknownCount: 0,
    failures: {},
  };
  let parts: HistogramPart[] = [];
  let counts = emptyCounts();
  let failures: Record<string, number> = {};

  const isInSpan = (atMs: number) => atMs >= zeroMs && atMs < zeroMs + spanMs;
  /** In the second in which it shows, and in the totals if it was intended in the span. */
  const addFailure = (failure: string, intendedMs: number) => {
    failures[failure] = (failures[failure] ?? 0) + 1;
    if (isInSpan(intendedMs)) totals.failures[failure] = (totals.failures[failure] ?? 0) + 1;
  };

  function bufferOf(metric: string, intendedMs: number): SampleBuffer {
    const second = Math.floor((intendedMs - zeroMs) / 1000);
    let metrics = openSeconds.get(second);
    if (metrics === undefined) {
      metrics = new Map();
      openSeconds.set(second, metrics);
    }
    let buffer = metrics.get(metric);
    if (buffer === undefined) {
      buffer = createSampleBuffer();
      metrics.set(metric, buffer);
    }
    return buffer;
  }

  function enqueue(second: number, metrics: Map<string, SampleBuffer>): void {
    openSeconds.delete(second);
    for (const [metric, samples] of metrics) queue.push({ metric, second, samples });
  }

  function encodeOne(): boolean {
    const next = queue.shift();
    if (next === undefined) return false;
    const { metric, second, samples } = next;
    parts.push({
      metric,
      second,
      encoded: encode(samples.us.subarray(0, samples.count)),
      sampleCount: samples.count,
      censoredCount: samples.censoredCount,
    });
    return true;
  }

  return {
    sample(metric, intendedMs, durationMs) {
      addSample(bufferOf(metric, intendedMs), durationMs);
      live.add(metric, durationMs);
    },
    censored(metric, intendedMs, atLeastMs) {
      const buffer = bufferOf(metric, intendedMs);
      addSample(buffer, atLeastMs);
      buffer.censoredCount += 1;
      live.add(metric, atLeastMs);
    },
    count(counter) {
      counts[counter] += 1;
    },
    requestEnded(intendedMs, end) {
      counts[end.ok ? 'requestsSucceeded' : 'requestsFailed'] += 1;
      if (!end.ok) addFailure(end.failure, intendedMs);
      if (!isInSpan(intendedMs)) return;
      if (end.ok) {
        totals.requestsSucceededCount += 1;
        return;
      }
      totals.requestsFailedCount += 1;
      if (end.isUnknown) totals.unknownCount += 1;
    },
    failed: addFailure,
    takeSecond() {
      const taken = { counts, failures, live: live.takeSecond() };
      counts = emptyCounts();
      failures = {};
      return taken;
    },
    completeSeconds(nowMs) {
      const lastCompleteMs = nowMs - zeroMs - options.longestSampleMs;
      for (const [second, metrics] of openSeconds) {
        if ((second + 1) * 1000 <= lastCompleteMs) enqueue(second, metrics);
      }
    },
    encodeOne,
    takeParts() {
      const taken = parts;
      parts = [];
      return taken;
    },
    encodeAll() {
      for (const [second, metrics] of openSeconds) enqueue(second, metrics);
      while (encodeOne());
    },
    totals: () => ({ ...totals, failures: { ...totals.failures } }),
  };
}
