// What a metric is: its name, how its value follows from what was recorded, and how it is shown. Data only; the list of
// them is catalogue.ts. Pure, for the page's scripts read it too.
import type { CountName, GaugeName } from './counts.ts';

export type { GaugeName } from './counts.ts';

/** Which way a metric is better for the shop; `neither` where more or less of it says nothing. */
export type Better = 'lower' | 'higher' | 'neither';

/** What a scenario must have for its runs to measure a metric. */
export type Need = 'broker' | 'growth' | 'fault' | 'search';

/** A count of the series' rows, or the samples of a latency metric that were not cut off at their deadline. */
export type CountSource = CountName | `answered ${string}`;

/** A tile among the numbers of the page. */
export type HeadlineTile = {
  /** Where the tile says it otherwise than the metric's label. */
  label?: string;
  note: string;
  /** Of a latency metric: a tile for each. */
  statistics?: readonly ('p50' | 'p95' | 'p99')[];
  /** A metric that the value is a part of: "31 of 40". */
  outOf?: string;
};

type Described = {
  /** As in result.json: `order.confirmed`. */
  name: string;
  /** In the reader's words: "order confirmed". */
  label: string;
  /** As in result.json: `ms`, `ratio`, `orders/s`, … */
  unit: string;
  better: Better;
  /** Absent: every run measures it. */
  needs?: Need;
  headline?: HeadlineTile;
};

/** A distribution of times, recorded as a histogram a second. */
export type LatencyMetric = Described & {
  kind: 'latency';
  unit: 'ms';
  /** Recorded for each route too, as `NAME/GET /products`. */
  isPerRoute?: true;
  /** The metric whose time it is a stage of; the stages stand in their order. */
  stageOf?: string;
  /** Whether the page can tell it of a chosen span: of single runs too, of all blocks together only, or not at all. */
  live: 'single-runs' | 'all-blocks' | 'never';
  /** Stands in the chart of latency by percentile. */
  hasCurve?: true;
};

/** How a plain value follows from the rows of a span. */
export type Formula =
  | {
      kind: 'count';
      counts: readonly CountSource[];
      /** Absent where this count is 0: nobody signed up where nobody was to. */
      absentWithout?: CountSource;
    }
  /** Of so many seconds: 1 for a value a second, 3,600 for one an hour. */
  | { kind: 'rate'; counts: readonly CountSource[]; perSeconds: number }
  /** Absent where the whole is 0. */
  | { kind: 'ratio'; part: readonly CountSource[]; whole: readonly CountSource[] }
  /** Absent where no row has it. */
  | { kind: 'gauge'; gauge: GaugeName; sumsUp: 'largest' | 'mean' };

/** A value with a formula. `isToldOfRun`: the rehearsal tells that of a whole run, and the formula that of a chosen span. */
export type CountedMetric = Described & Formula & { isToldOfRun?: true };

/** A value that the rehearsal works out for a whole run, from what no row tells. */
export type ToldMetric = Described & { kind: 'told' };

export type Metric = LatencyMetric | CountedMetric | ToldMetric;
