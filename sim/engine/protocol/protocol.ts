// What goes between the rehearsal and the generator's process, over Node's IPC channel with structured cloning.
// Values are plain; histograms travel compressed. The rehearsal sends one `start`, then `stop` to end early; the
// generator answers `warmed-up`, a `second` per second, `orders` and `sign-ups` as their fate becomes known, and at last
// `done` (or `failed`). Whoever receives keeps every histogram part as a row of its own and merges parts of one second
// and metric.
import type { SignUpBody } from '../../../system/contract/customers.ts';
import type { HistorySettings } from '../../history/year/settings.ts';

import type { StarvationCode } from './starvation.ts';

/**
 * Node's flags for the generator's process. A small young generation collected by the main thread alone makes many short
 * pauses of few long ones: at 60 sessions a second under busy neighbours a scavenge took 0.8 ms (p90 1.1) instead of
 * 6 ms (p90 9), and each pause is lateness.
 */
export const GENERATOR_NODE_FLAGS = ['--max-semi-space-size=2', '--single-threaded-gc'] as const;

/** Connections for requests that the generator opens at most: enough that no request of an unhurried shop waits for one. */
export const GENERATOR_CONNECTION_COUNT = 256;

/** What the generator is to do. All instants are offsets in ms from the start of the measured span. */
export type GeneratorInput = {
  /** One or more API processes of the same shop; requests and sockets go to them in turn, as through a balancer. */
  shopUrls: readonly string[];
  seed: number;
  /** The history that the shop starts from: its catalogue is made again here from these settings. */
  history: HistorySettings;
  /** JSON file of a RunPlan (sim/model/newcomers.ts) with its people, lead-in included as negative starts. */
  planFile: string;
  /** What a planned session is: a shopper (default), one order, or one request. See shoppers.ts. */
  sessionKind?: 'shopper' | 'order' | 'request';
  durationMs: number;
  leadInMs: number;
  /** Orders placed and confirmed, and tokens refreshed, before the plan starts. */
  warmUpOrderCount: number;
  /** Think times are divided by this. */
  thinkTimeCompression: number;
  /** Share of sessions that sign in by password instead of coming back with a session. */
  passwordSignInRatio: number;
  /** Without an answer by then a sample is censored at it and the outcome is unknown. */
  httpDeadlineMs: number;
  outcomeDeadlineMs: number;
  /** How long sessions still open at the end of the span may go on. */
  drainMs: number;
  /** Metrics whose running quantiles each second tells, for whoever watches. */
  liveMetrics?: readonly string[];
};

/** What the generator knows of an order; the audit holds it against the database. */
export type OrderAttempt = {
  orderId: string;
  customerId: number;
  attemptedAtMs: number;
  phase: 'warm-up' | 'lead-in' | 'measure';
  lines: { productId: number; quantity: number }[];
  /** How the HTTP request ended: accepted (2xx), refused (a definite no: no order was made), unknown (it may exist). */
  answer: 'accepted' | 'refused' | 'unknown';
  httpStatus: number | null;
  /** What the shopper saw on the socket (or by asking after the deadline: `retrieved`). */
  outcome: 'confirmed' | 'rejected' | null;
  outcomeSeenBy: 'socket' | 'retrieved' | null;
  /** From the shopper's action until the outcome was known, in ms. */
  outcomeAfterMs: number | null;
  totalKrw: number | null;
  /** Answer of the cancel request, where the shopper made one. */
  cancel: 'accepted' | 'refused' | 'unknown' | null;
};

/** What the generator knows of a sign-up: the form it sent, but for the password, and what came back. */
export type SignUpAttempt = Omit<SignUpBody, 'password'> & {
  attemptedAtMs: number;
  /** accepted (2xx), refused (a definite no: no account was made), unknown (it may exist). */
  answer: 'accepted' | 'refused' | 'unknown';
  httpStatus: number | null;
  /** As the answer named it; null where none was accepted. */
  customerId: number | null;
};

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
};

export type ToGenerator = { type: 'start'; input: GeneratorInput } | { type: 'stop' };

export type FromGenerator =
  | { type: 'progress'; text: string; doneCount: number; totalCount: number }
  /** Warm; the measured span begins at this time of the machine's monotonic clock (process.hrtime), lead-in before it. */
  | { type: 'warmed-up'; spanStartMonotonicMs: number }
  | { type: 'second'; row: GeneratorSecond }
  | { type: 'orders'; attempts: OrderAttempt[] }
  | { type: 'sign-ups'; attempts: SignUpAttempt[] }
  | { type: 'done'; summary: GeneratorSummary }
  | { type: 'failed'; message: string };
