// What goes between the rehearsal and the generator's process, over Node's IPC channel with structured cloning.
// Values are plain; histograms travel compressed. The rehearsal sends one `start`, then `stop` to end early; the
// generator answers `warmed-up`, a `second` per second, `orders` as their fate becomes known, and at last `done`.

/** What the generator is to do. All instants are offsets in ms from the start of the measured span. */
export type GeneratorInput = {
  shopUrl: string;
  seed: number;
  /** The data set that the shop holds, made again here from its seed. */
  dataSet: { seed: number; peopleCount: number; productCount: number; asOf: string };
  /** JSON file of a SessionPlan (sim/model/session-plan.ts), lead-in included as negative starts. */
  planFile: string;
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
};

/** What the generator knows of an order; the audit holds it against the database. */
export type OrderAttempt = {
  orderId: string;
  customerId: number;
  attemptedAtMs: number;
  phase: 'warm-up' | 'lead-in' | 'measure';
  lines: { productId: number; quantity: number }[];
  /** How the HTTP request ended: accepted (2xx), refused (a definite 4xx/503: no order was made), unknown. */
  answer: 'accepted' | 'refused' | 'unknown';
  httpStatus: number | null;
  /** What the shopper saw on the socket (or by asking after the deadline: `retrieved`). */
  outcome: 'confirmed' | 'rejected' | null;
  outcomeSeenBy: 'socket' | 'retrieved' | null;
  totalKrw: number | null;
  /** Answer of the cancel request, where the shopper made one. */
  cancel: 'accepted' | 'refused' | 'unknown' | null;
};

/** One second of the generator. Counts are of this second; `histograms` maps a metric to an encoded histogram in µs. */
export type GeneratorSecond = {
  second: number;
  sessionsPlanned: number;
  sessionsStarted: number;
  sessionsCompleted: number;
  sessionsActive: number;
  requestsSent: number;
  requestsSucceeded: number;
  requestsFailed: number;
  ordersAttempted: number;
  ordersAccepted: number;
  ordersConfirmed: number;
  ordersRejected: number;
  latenessP99Ms: number;
  eventLoopLagP99Ms: number;
  /** HdrHistogram V2 compressed base64, µs, of samples whose intended start lies in this second's interval. */
  histograms: Record<string, string>;
  /** Samples of this second per metric that were censored at their deadline. */
  censoredCounts: Record<string, number>;
};

/** Totals of the measured span. */
export type GeneratorSummary = {
  plannedCount: number;
  startedCount: number;
  droppedCount: number;
  noFreePersonCount: number;
  unknownCount: number;
  latenessP50Ms: number;
  latenessP99Ms: number;
  latenessMaxMs: number;
  eventLoopLagP99Ms: number;
  /** CPU seconds of the generator's process over the measured span, and that span's length. */
  cpuSeconds: number;
  spanSeconds: number;
  /** Failures by kind, e.g. `GET /products 503`, `timeout POST /orders`, for the page. */
  failures: Record<string, number>;
};

export type ToGenerator = { type: 'start'; input: GeneratorInput } | { type: 'stop' };

export type FromGenerator =
  | { type: 'progress'; text: string; doneCount: number; totalCount: number }
  | { type: 'warmed-up' }
  | { type: 'second'; row: GeneratorSecond }
  | { type: 'orders'; attempts: OrderAttempt[] }
  | { type: 'done'; summary: GeneratorSummary }
  | { type: 'failed'; message: string };
