// What the page's charts and tables are drawn from: the shape shared by the server side, which fills it, and the
// client side, which reads it back from the page.
import type { PageCountName } from '../../metrics/counts.ts';
import type { FirstChart } from './first-chart.ts';

/** A value per time bucket; null where nothing was recorded. */
export type Column = (number | null)[];

/** Whole counts per time bucket, over all recorded seconds of the bucket. */
export type Sums = number[];

export type PercentileCurve = {
  count: number;
  censoredCount: number;
  /** No sample was cut off before it; absent where that is not known. */
  censoredFromMs?: number;
  percentiles: number[];
  ms: number[];
};

export type PageVariant = {
  /** VARIANT or VARIANT@LEVEL. */
  key: string;
  level: string | null;
  name: string;
  /** By metric: `http.response`, `http.service`, `order.confirmed`; of the whole measured spans. */
  curves: Record<string, PercentileCurve>;
};

/** One single run over time, or all blocks of a variant laid over each other. */
export type PageCell = {
  /** Key of the variant. */
  variant: string;
  /** Null: all blocks. */
  block: number | null;
  bucketSeconds: number;
  /** End of the measured span in seconds; it starts at 0. */
  durationSeconds: number;
  /** Start of each bucket in seconds of the measured span. */
  seconds: number[];
  /** How many recorded seconds lie in each bucket, over all blocks of the cell. */
  rowCounts: Sums;
  /** Counts of the series that the page adds up over any span, by name. */
  sums: Record<PageCountName, Sums>;
  /** Gauges of the series, by name: mean or largest value of each bucket; null where none was ever read. */
  gauges: Record<string, Column | null>;
  /** Share of one core by process: mean of each bucket, and its busiest second. */
  cpu: Record<string, Column>;
  cpuPeak: Record<string, Column>;
  /** MB by process, largest of each bucket. */
  memory: Record<string, Column>;
  /** Failed requests by kind; null where the record has only their totals. */
  failures: Record<string, Sums> | null;
  /** Samples cut off, by metric; metrics without any are absent. */
  censored: Record<string, Sums>;
  /** The shortest wait of those samples in ms, where it is known. */
  censoredFromMs: Record<string, number>;
  /** By metric: where its bins of all buckets lie in the page's histograms, and how many bytes they take. */
  histograms: Record<string, [offset: number, length: number]>;
  events: { second: number; label: string }[];
};

export type PageData = {
  variants: PageVariant[];
  cells: PageCell[];
  /** What the first screen draws; null where it has a table instead. */
  first: FirstChart | null;
  /** A metric of the comparisons or limits for each block: small charts beside the effects. */
  blockCharts: BlockChart[];
  /** Of a search for the highest rate: the wait by rate, a chart for each variant. Of a study of caches: what hits, by size. */
  curveCharts: CurveChart[];
  metricLabels: Record<string, string>;
};

/** Values of one metric by something else than time; a line across is a limit. */
export type CurveChart = {
  id: string;
  title: string;
  unit: string;
  /** What the rates are of: `orders/s`, `sessions/s`; of a study of caches `entries`. */
  axisUnit: string;
  lines: {
    label: string;
    rates: number[];
    values: Column;
    /** How a value is read out where it is only a lower bound. */
    texts?: (string | null)[];
    isLimit: boolean;
  }[];
};

/** Values of one metric block by block, a line for each variant of a level. */
export type BlockChart = {
  id: string;
  title: string;
  unit: string;
  lines: { label: string; blocks: number[]; values: Column }[];
};
