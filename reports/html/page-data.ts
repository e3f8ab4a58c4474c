// What the page's charts are drawn from: the shape shared by the server side, which fills it, and the client side,
// which reads it back from the page. Types only.

/** A value per time bucket; null where nothing was recorded. */
export type Column = (number | null)[];

export type PercentileCurve = { count: number; censoredCount: number; percentiles: number[]; ms: number[] };

export type PageVariant = {
  key: string;
  /** By metric: `http.response`, `http.service`, `order.confirmed`. */
  curves: Record<string, PercentileCurve>;
};

/** One single run over time. Counts are per second, averaged over the bucket. */
export type PageCell = {
  variant: string;
  block: number;
  bucketSeconds: number;
  /** End of the measured span in seconds; it starts at 0. */
  durationSeconds: number;
  /** Start of each bucket in seconds of the measured span. */
  seconds: number[];
  sessions: { planned: Column; started: Column; completed: Column };
  sessionsActive: Column;
  requests: { sent: Column; failed: Column };
  orders: { attempted: Column; confirmed: Column; rejected: Column };
  /** Quantiles in ms of the samples of each bucket, by metric. */
  bands: Record<string, { p50: Column; p95: Column; p99: Column }>;
  /** Null without a broker in the path. */
  kafkaLag: Column | null;
  /** Share of one core by process. */
  cpu: Record<string, Column>;
  /** MB by process. */
  memory: Record<string, Column>;
  generator: { latenessP99Ms: Column; eventLoopLagP99Ms: Column };
};

export type PageData = { variants: PageVariant[]; cells: PageCell[]; metricLabels: Record<string, string> };
