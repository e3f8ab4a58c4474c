// What the page of a generated year shows, as plain values: facts, charts beside their reference curves, the check.

export type HistoryChart = {
  id: string;
  title: string;
  /** One sentence: what is compared with what, and where the reference comes from. */
  note: string;
  kind: 'line' | 'bar';
  xLabel: string;
  unit: string;
  xs: readonly (string | number)[];
  /** The first series is ours; a reference is drawn dashed. */
  series: readonly { label: string; values: readonly (number | null)[]; isReference: boolean }[];
};

export type HistoryPage = {
  title: string;
  lead: string;
  facts: readonly { label: string; value: string }[];
  tables: readonly { label: string; rowCount: number }[];
  charts: readonly HistoryChart[];
};
