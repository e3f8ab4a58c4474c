// The seconds of a believable single run that never happened: an arrival rate that swells, a short stall two thirds
// through, and latencies drawn from log-normal distributions around each metric's median.
import { createHistogram, encodeHistogram } from '../record/histograms.ts';
import { SERIES_VERSION, type SeriesRow } from '../record/series.ts';

export type Random = () => number;

/** mulberry32 (Tommy Ettinger, public domain): the same seed gives the same run. */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** One of `count` stages of load that histograms are prepared for; the last is the stall. */
const LOAD_STAGES = 12;
/** Prepared seconds of each stage. */
const VARIATIONS = 6;

export type SyntheticMetric = { name: string; medianMs: number; spread: number; perSecond: number };

/**
 * Encoded histograms per metric and stage of load; seconds pick from them, so that half an hour is made in a moment.
 * Samples at or above `deadlineMs` are censored there.
 */
export function prepareHistograms(
  metric: SyntheticMetric,
  deadlineMs: number,
  random: Random,
): PreparedSecond[][] {
  const histogram = createHistogram();
  const prepare = (slowdown: number): PreparedSecond => {
    histogram.reset();
    let censoredCount = 0;
    for (let sample = 0; sample < Math.max(1, Math.round(metric.perSecond)); sample++) {
      const ms = metric.medianMs * slowdown * Math.exp(metric.spread * normal(random));
      if (ms >= deadlineMs) censoredCount++;
      histogram.recordValue(Math.max(1, Math.round(Math.min(ms, deadlineMs) * 1000)));
    }
    return { encodedBase64: encodeHistogram(histogram), censoredCount };
  };
  return Array.from({ length: LOAD_STAGES }, (_, stage) => {
    const slowdown = stage === LOAD_STAGES - 1 ? 9 : 1 + stage / 12;
    return Array.from({ length: VARIATIONS }, () => prepare(slowdown));
  });
}

export type PreparedSecond = { encodedBase64: string; censoredCount: number };

/** Which stage of load a second has. */
export function loadStage(second: number, durationSeconds: number, random: Random): number {
  const place = second / Math.max(1, durationSeconds);
  if (place > 0.66 && place < 0.68) return LOAD_STAGES - 1;
  const swell = Math.sin(Math.PI * Math.min(1, Math.max(0, place)));
  return Math.min(LOAD_STAGES - 2, Math.floor(swell * 7 + random() * 3));
}

/** The row of one second. */
export function syntheticRow(options: {
  second: number;
  durationSeconds: number;
  stage: number;
  hasBroker: boolean;
  deliveredRatio: number;
  random: Random;
  /** Ends the name of the route whose requests time out. */
  routeText?: string;
}): SeriesRow {
  const { second, durationSeconds, stage, hasBroker, random, routeText = '' } = options;
  const isStall = stage === LOAD_STAGES - 1;
  const isDrain = second >= durationSeconds;
  const planned = isDrain ? 0 : Math.round(20 + stage * 1.5 + random() * 6);
  const started = Math.round(planned * options.deliveredRatio);
  const completed = Math.round((isDrain ? 12 : started) * (0.8 + 0.3 * random()));
  const sent = Math.round((isDrain ? 40 : started * 7) * (0.9 + 0.2 * random()));
  const failed = isStall ? Math.round(sent * 0.06) : random() < 0.04 ? 1 : 0;
  const orders = Math.round((isDrain ? 0 : started) * 0.03 * (0.6 + 0.8 * random()));
  const busy = isDrain ? 0.2 : (planned / 40) * (0.9 + 0.2 * random());
  const memory = 90e6 + Math.min(1, Math.max(0, second / 120)) * 40e6;
  return {
    version: SERIES_VERSION,
    second,
    phase: second < 0 ? 'lead-in' : isDrain ? 'drain' : 'measure',
    counts: {
      sessionsPlanned: planned,
      sessionsStarted: started,
      sessionsCompleted: completed,
      requestsSent: sent,
      databaseReads: sent,
      requestsSucceeded: sent - failed,
      requestsFailed: failed,
      ordersAttempted: orders,
      ordersAccepted: orders,
      ordersConfirmed: isStall ? 0 : Math.round(orders * 0.97),
      ordersRejected: Math.round(orders * 0.03),
    },
    failures: failuresOf(failed, routeText),
    gauges: {
      sessionsActive: Math.round(started * 9),
      latenessP99Ms: 0.6 + random() * 0.8,
      eventLoopLagP99Ms: 1 + random() * 2,
      kafkaLagCount: hasBroker ? Math.round(isStall ? 60 + 40 * random() : stage * random()) : null,
      stealRatio: random() < 0.02 ? 0.03 : 0,
    },
    cpuRatios: {
      generator: busy * 0.35,
      api: busy * 0.6,
      ...(hasBroker ? { 'orders-consumer': busy * 0.12 } : {}),
      postgres: busy * 0.3,
      redis: busy * 0.05,
      kafka: hasBroker ? busy * 0.1 : 0.02,
    },
    memoryBytes: {
      generator: memory,
      api: memory * 1.4,
      ...(hasBroker ? { 'orders-consumer': memory * 0.9 } : {}),
      postgres: 210e6,
      redis: 24e6,
      kafka: 420e6,
    },
  };
}

/** A third of a second's failures time out, the others are refused. */
function failuresOf(failedCount: number, routeText: string): Record<string, number> {
  const timeoutCount = Math.floor(failedCount / 3);
  return {
    ...(failedCount > timeoutCount ? { 'GET /products/:id 503': failedCount - timeoutCount } : {}),
    ...(timeoutCount > 0 ? { [`timeout GET /search${routeText}`]: timeoutCount } : {}),
  };
}

/** Standard normal by Box and Muller (1958). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
