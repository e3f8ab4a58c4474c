// What the page of a generated year shows, as plain values: facts, charts beside their reference curves, what was made.

export type HistoryChart = {
  id: string;
  title: string;
  /** One sentence: what is compared with what, and where the reference comes from. */
  note: string;
  kind: 'line' | 'bar';
  xLabel: string;
  unit: string;
  /** The scale of the values; default linear from zero. */
  isLogarithmic?: boolean;
  xs: readonly (string | number)[];
  /** The first series is ours; a reference is drawn dashed. */
  series: readonly { label: string; values: readonly (number | null)[]; isReference: boolean }[];
};

export type HistoryPage = {
  title: string;
  lead: string;
  facts: readonly { label: string; value: string }[];
  /** The same settings give the same checksums. */
  tables: readonly { label: string; rowCount: number; checksum: string }[];
  charts: readonly HistoryChart[];
};
