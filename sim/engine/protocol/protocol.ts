// What the generator's process tells the rehearsal, over Node's IPC channel with structured cloning. Values are plain;
// histograms travel compressed. The rehearsal sends one `start` (sim/generator/input.ts), then `stop` to end early; the
// generator answers `warmed-up`, a `second` per second, `attempts` as their fate becomes known, and at last `done` (or
// `failed`). Whoever receives keeps every histogram part as a row of its own and merges parts of one second
// and metric.
import type { Room } from '../../shopper/state/rooms.ts';
import type { StarvationCode } from './starvation.ts';

/**
 * Node's flags for the generator's process. Its young generation is collected by the main thread alone, in short pauses: at 60
 * sessions a second under busy neighbours Node's own choice, 16 MB and several threads, made pauses of 6 ms (p90 9). Of 8 MB from
 * the start, because what is alive in it is little however large it is: at 1,000 orders a second a crowd's takes five pauses of 2.4 ms
 * a second, where 2 MB took twenty of 1.3 ms and moved what was about to die into the old generation.
 */
export const GENERATOR_NODE_FLAGS = [
  '--min-semi-space-size=8',
  '--max-semi-space-size=8',
  '--single-threaded-gc',
] as const;

/** Connections for requests that the generator opens at most: enough that no request of an unhurried shop waits for one. */
export const GENERATOR_CONNECTION_COUNT = 256;

/** What the engine needs to know of a run. All instants are offsets in ms from the start of the measured span. */
export type EngineInput = {
  durationMs: number;
  leadInMs: number;
  /** Think times are divided by this. */
  thinkTimeCompression: number;
  /** Without an answer by then a sample is censored at it and the outcome is unknown. */
  httpDeadlineMs: number;
  outcomeDeadlineMs: number;
  /** How long sessions still open at the end of the span may go on. */
  drainMs: number;
  /** Metrics whose running quantiles each second tells, for whoever watches. */
  liveMetrics?: readonly string[];
};

/**
 * Something that the generator did and whose effect an audit looks for in the shop: an order, a sign-up. `kind` tells them
 * apart; what else is known of each is its adapter's affair.
 */
export type AttemptMade = {
  kind: string;
  /** Intended time; ms from the start of the measured span where it is reported. */
  attemptedAtMs: number;
};

export type AttemptPhase = 'warm-up' | 'lead-in' | 'measure';

/**
 * Samples of one metric whose intended start lies in second `second` of the span (negative in the lead-in). A part is
 * sent once its second can receive no more samples (its deadline has passed), with whichever row is sent next; a
 * straggler makes another part of the same second and metric, so parts are to be merged, never to be overwritten.
 */
export type HistogramPart = {
  metric: string;
  second: number;
  /** HdrHistogram V2 compressed base64, µs, 3 digits, 1 µs to 1 h. */
  encoded: string;
  sampleCount: number;
  /** Samples among them that were censored: recorded at the time they had waited, which means "at least this long". */
  censoredCount: number;
  /** The shortest of those times; null where none was censored. */
  censoredFromMs: number | null;
};

/**
 * How requests ended that were intended for second `second` of the span, whenever they ended. Sent like histogram parts:
 * when the second is complete, and a straggler makes another; they are to be added.
 */
export type IntendedRequests = { second: number; succeeded: number; failed: number };

/** Quantiles over the last three seconds by metric, by the time of completion: for the eye, never for a result. */
export type LiveQuantiles = Record<string, { p50Ms: number | null; p99Ms: number | null }>;

/** Where the people inside are, in numbers; null is outside. `moves` are of one second, the most frequent first. */
export type Whereabouts = {
  inside: Readonly<Record<Room, number>>;
  moves: readonly { from: Room | null; to: Room | null; count: number }[];
};

/** One second of the generator. All counts are of what happened in this second, whenever it was intended. */
export type GeneratorSecond = {
  /** Of the measured span; negative in the lead-in, ≥ duration in the drain. */
  second: number;
  /** By name; what did not happen may be absent. `sessionsPlanned` are the starts planned in it, sign-ups among them. */
  counts: Record<string, number>;
  /** By name, as they stood at its end: `sessionsActive`, `latenessP99Ms`, `eventLoopLagP99Ms`. */
  gauges: Record<string, number>;
  /** What failed in this second by kind, in the words of the summary's `failures`; empty when nothing did. */
  failures: Record<string, number>;
  live: LiveQuantiles;
  /** For the eye as well; absent where the generator has no shoppers to tell of. */
  whereabouts?: Whereabouts;
  /** Parts that became complete since the last row; mostly of earlier seconds. */
  histograms: HistogramPart[];
  intendedRequests: IntendedRequests[];
};

/** How many sessions were open in the measured span and how long their steps took, recorded apart. */
export type OccupancySummary = {
  /** Time-average of the sessions open in the span. */
  meanOpenCount: number;
  /** Steps that ended in the span, and their means: thinking (any lateness with it), then the shop's answer. */
  stepsPerSecond: number;
  meanThinkMs: number;
  meanResponseMs: number;
  /**
   * What the two ends of the span do to the law, as a number of open sessions: the steps that were under way at its end count
   * with their time in it, less the time before the span of the steps that ended in it. It is 0 on average where as many people
   * were inside at the end as at the beginning, and positive while a shop fills.
   */
  cutCount: number;
};

/** Totals of the measured span, by intended time. plannedCount = started + dropped + noFreePerson; sign-ups are starts, too. */
export type GeneratorSummary = {
  plannedCount: number;
  startedCount: number;
  /** Planned starts not made because the run was stopped or the generator was too late. */
  droppedCount: number;
  noFreePersonCount: number;
  /** Requests that ended without an answer, those among them that were under way when the run ended. */
  unknownCount: number;
  requestsSucceededCount: number;
  requestsFailedCount: number;
  /** Actual minus intended time of session starts and of step sends together. */
  latenessP50Ms: number;
  latenessP99Ms: number;
  latenessMaxMs: number;
  eventLoopLagP99Ms: number;
  /** CPU seconds of the generator's process over the measured span, and that span's length. */
  cpuSeconds: number;
  spanSeconds: number;
  /** How many sessions were open and how long their steps took, recorded apart. */
  occupancy: OccupancySummary;
  /** How often the generator lacked file descriptors, ports or memory, over the whole run; no failure of the shop. */
  starved: Partial<Record<StarvationCode, number>>;
  /** Failures by kind, e.g. `GET /products 503`, `timeout POST /orders`, for the page. */
  failures: Record<string, number>;
  /** What a generator is called that joined from another machine; absent for one that the rehearsal started. */
  name?: string;
  /** Each of several generators' own; absent where one ran the whole plan. Times of the whole are then the worst of theirs. */
  shards?: readonly GeneratorSummary[];
};

/** `Attempt` is what the adapter in use reports. */
export type FromGenerator<Attempt extends AttemptMade = AttemptMade> =
  | { type: 'progress'; text: string; doneCount: number; totalCount: number }
  /** One of several is warm and could begin its span then; it waits to be told when (`begin`). */
  | { type: 'ready'; earliestMonotonicMs: number }
  /** Warm; the measured span begins at this time of the machine's monotonic clock (process.hrtime), lead-in before it. */
  | { type: 'warmed-up'; spanStartMonotonicMs: number }
  | { type: 'second'; row: GeneratorSecond }
  | { type: 'attempts'; attempts: Attempt[] }
  | { type: 'done'; summary: GeneratorSummary }
  | { type: 'failed'; message: string };
