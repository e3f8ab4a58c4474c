// How well the generator itself keeps up: lateness, event-loop lag, CPU. It only measures; whether a run counts is
// judged by the rehearsal.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { build, type Histogram } from 'hdr-histogram-js';
import { HISTOGRAM_SHAPE } from './histogram-encoder.ts';

const RESOLUTION_MS = 10;

export type Health = {
  /** A callback intended at `intendedMs` began `latenessMs` later. */
  late(intendedMs: number, latenessMs: number): void;
  /** The quantiles of the second now ending; starts the next one. */
  takeSecond(): { latenessP99Ms: number; eventLoopLagP99Ms: number };
  /** Marks the beginning, then the end of the measured span for CPU and event-loop lag. */
  spanBegins(): void;
  spanEnds(): void;
  /** Figures of the measured span; lateness by intended time. */
  summary(): {
    latenessP50Ms: number;
    latenessP99Ms: number;
    latenessMaxMs: number;
    eventLoopLagP99Ms: number;
    cpuSeconds: number;
    spanSeconds: number;
  };
  close(): void;
};

/** `nowMs` and the span's bounds are on the same clock as the intended times given to `late`. */
export function createHealth(deps: {
  nowMs: () => number;
  spanFromMs: number;
  spanToMs: number;
  cpuSeconds: () => number;
}): Health {
  const secondLoopDelay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const spanLoopDelay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  secondLoopDelay.enable();
  const secondLateness = build(HISTOGRAM_SHAPE);
  const spanLateness = build(HISTOGRAM_SHAPE);
  let beganAtMs: number | null = null;
  let cpuAtBeginSeconds = 0;
  let span = { cpuSeconds: 0, spanSeconds: 0 };
  let isInSpan = false;

  const p99Ms = (histogram: Histogram) =>
    histogram.totalCount === 0 ? 0 : histogram.getValueAtPercentile(99) / 1000;
  // The monitor's readings contain the interval of its own timer.
  const lagP99Ms = (delay: ReturnType<typeof monitorEventLoopDelay>) =>
    delay.count === 0 ? 0 : Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS);

  return {
    late(intendedMs, latenessMs) {
      const us = Math.min(HISTOGRAM_SHAPE.highestTrackableValue, Math.max(0, Math.round(latenessMs * 1000)));
      secondLateness.recordValue(us);
      if (intendedMs >= deps.spanFromMs && intendedMs < deps.spanToMs) spanLateness.recordValue(us);
    },
    takeSecond() {
      const row = { latenessP99Ms: p99Ms(secondLateness), eventLoopLagP99Ms: lagP99Ms(secondLoopDelay) };
      secondLateness.reset();
      secondLoopDelay.reset();
      return row;
    },
    spanBegins() {
      beganAtMs = deps.nowMs();
      cpuAtBeginSeconds = deps.cpuSeconds();
      isInSpan = true;
      spanLoopDelay.enable();
    },
    spanEnds() {
      if (beganAtMs === null || !isInSpan) return;
      isInSpan = false;
      spanLoopDelay.disable();
      span = {
        cpuSeconds: deps.cpuSeconds() - cpuAtBeginSeconds,
        spanSeconds: (deps.nowMs() - beganAtMs) / 1000,
      };
    },
    summary: () => ({
      latenessP50Ms: spanLateness.totalCount === 0 ? 0 : spanLateness.getValueAtPercentile(50) / 1000,
      latenessP99Ms: p99Ms(spanLateness),
      latenessMaxMs: spanLateness.totalCount === 0 ? 0 : spanLateness.maxValue / 1000,
      eventLoopLagP99Ms: lagP99Ms(spanLoopDelay),
      ...span,
    }),
    close() {
      secondLoopDelay.disable();
      spanLoopDelay.disable();
    },
  };
}
