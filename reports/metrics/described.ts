// What every metric tells of itself, whatever its kind: name, label, unit, direction, and the places where it is shown.

/** Which way a metric is better for the shop; `neither` where more or less of it says nothing. */
export type Better = 'lower' | 'higher' | 'neither';

/** What a scenario must have for its runs to measure a metric. */
export type Need =
  | 'orders'
  | 'broker'
  | 'cache'
  | 'growth'
  | 'intake'
  | 'behaviour'
  | 'counters'
  | 'fault'
  | 'search'
  | 'recommendations'
  | 'browsers';

/** A tile among the numbers of the page. */
export type HeadlineTile = {
  /** Where the tile says it otherwise than the metric's label. */
  label?: string;
  note: string;
  /** What it says instead where nobody was to order. */
  noteWithoutOrders?: string;
  /** What it says instead of a shop whose inside is not seen. */
  noteOfUnseen?: string;
  /** Of a latency metric: a tile for each. */
  statistics?: readonly ('p50' | 'p95' | 'p99')[];
  /** A metric that the value is a part of: "31 of 40". */
  outOf?: string;
};

export type Described = {
  /** As in result.json: `order.confirmed`. */
  name: string;
  /** In the reader's words: "order confirmed". */
  label: string;
  /** As in result.json: `ms`, `ratio`, `orders/s`, … */
  unit: string;
  better: Better;
  /**
   * What there is more or less of, which its changes are called by: a wait gets faster, of a number there are fewer, of an amount
   * there is less, and a height gets lower. Absent: a latency is a wait, any other value a height.
   */
  changes?: 'wait' | 'number' | 'amount' | 'height';
  /** Absent: every run measures it. */
  needs?: Need;
  /** Read within the shop's own machinery, so only where that is seen; absent: shoppers see it, or the rehearsal has it itself. */
  isOfInside?: true;
  headline?: HeadlineTile;
};

/** The lines of figures that the terminal shows while a run goes on, in their order. */
export const TERMINAL_LINES = ['sessions', 'HTTP', 'orders', 'lists', 'counters', 'people'] as const;

/** Where something stands among the figures of the terminal: within its line by `place`, the smallest first. */
export type TerminalPlace = { line: (typeof TERMINAL_LINES)[number]; place: number };

/** The sections of the page that have charts over time. */
export type ChartSection =
  | 'load'
  | 'orders'
  | 'recommendations'
  | 'growth'
  | 'intake'
  | 'behaviour'
  | 'counters'
  | 'cache'
  | 'latency'
  | 'lag'
  | 'processes';
