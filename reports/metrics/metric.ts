// What a metric is: its name, how its value follows from what was recorded, and how it is shown. Data only; the list of
// them is catalogue.ts. Pure, for the page's scripts read it too.
import type { CountName } from './counts.ts';
import type { ChartSection, Described, TerminalPlace } from './described.ts';
import type { GaugeName } from './gauges.ts';

export type { Better, HeadlineTile, Need } from './described.ts';

/** A count of the series' rows, or the samples of a latency metric that were not cut off at their deadline. */
export type CountSource = CountName | `answered ${string}`;

/** A chart of p50, p95 and p99 over time. */
export type ChartOverTime = {
  section: ChartSection;
  /** Where it is called otherwise than the metric's label. */
  title?: string;
  /** What stands there where the shown run has no sample. */
  empty?: string;
};

/** A distribution of times, recorded as a histogram a second. */
export type LatencyMetric = Described & {
  kind: 'latency';
  unit: 'ms';
  /** From when to when: "from the click to the message". */
  measured?: string;
  /** The same where the shop's inside is not seen, and how it tells its shoppers is its own affair. */
  measuredOfUnseen?: string;
  /** Recorded for each route too, as `NAME/GET /products`; the page has those always, or where it shows few single runs. */
  isPerRoute?: true;
  routesOnPage?: 'always' | 'of-few-runs';
  /** The metric whose time it is a stage of; the stages stand in their order. */
  stage?: { of: string; name: string; explanation: string };
  /** Whether the page can tell it of a chosen span: of single runs too, of all blocks together only, or not at all. */
  live: 'single-runs' | 'all-blocks' | 'never';
  /** Stands in the charts of latency by percentile; its title where it is not "LABEL by percentile". */
  curve?: { title?: string };
  overTime?: ChartOverTime;
  /** Its p50 and p99 of the last seconds stand among the figures of the terminal, after its label where it has one. */
  terminal?: TerminalPlace & { label?: string };
  /** It ends with the shop's answer to an order, which says “taken in” behind a broker and “placed” without one. */
  endsWithAnswer?: true;
};

/** How a plain value follows from the rows of a span. */
export type Formula<Source extends string = string> =
  | {
      kind: 'count';
      counts: readonly Source[];
      /** Absent where this count is 0: nobody signed up where nobody was to. */
      absentWithout?: Source;
    }
  /** Of so many seconds: 1 for a value a second, 3,600 for one an hour. */
  | { kind: 'rate'; counts: readonly Source[]; perSeconds: number }
  /** Absent where the whole is 0. */
  | { kind: 'ratio'; part: readonly Source[]; whole: readonly Source[] }
  /** Absent where no row has it. */
  | { kind: 'gauge'; gauge: GaugeName; sumsUp: 'largest' | 'mean' };

/** A value with a formula. `isToldOfRun`: the rehearsal tells that of a whole run, and the formula that of a chosen span. */
export type CountedMetric<Source extends string = string> = Described &
  Formula<Source> & { isToldOfRun?: true };

/** A value that the rehearsal works out for a whole run, from what no row tells. */
export type ToldMetric = Described & { kind: 'told' };

/** @typeParam Source what its formula may count; an entry of the catalogue names `CountSource`, so that a typo does not compile */
export type Metric<Source extends string = string> = LatencyMetric | CountedMetric<Source> | ToldMetric;
