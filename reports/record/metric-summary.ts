// What a span comes to in figures: quantiles of waits and plain values, by the names of their metrics.
import Type, { type Static } from 'typebox';

/** Quantiles of a latency metric in milliseconds; censored samples count at their deadline. */
export const LatencySummary = Type.Object({
  unit: Type.Literal('ms'),
  count: Type.Integer(),
  /** Samples that were cut off at their deadline or at the end of the run; they stand in the quantiles as "at least so long". */
  censoredCount: Type.Integer(),
  /** The shortest of their waits: no sample was cut off before it; absent where it is not known. */
  censoredFromMs: Type.Optional(Type.Number()),
  mean: Type.Number(),
  p50: Type.Number(),
  p90: Type.Number(),
  p95: Type.Number(),
  p99: Type.Number(),
  max: Type.Number(),
});
export type LatencySummary = Static<typeof LatencySummary>;

export const ValueSummary = Type.Object({ unit: Type.String(), value: Type.Number() });
export type ValueSummary = Static<typeof ValueSummary>;

/** Keyed by metric name: `http.response`, `http.response/GET /products`, `order.confirmed`, `orders.perHour`, … */
export const Metrics = Type.Record(Type.String(), Type.Union([LatencySummary, ValueSummary]));
export type Metrics = Static<typeof Metrics>;
