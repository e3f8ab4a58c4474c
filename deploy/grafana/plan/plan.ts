// What a dashboard shows, without Grafana's own words and without places: rows of panels of queries. layOut makes Grafana's JSON
// of it, so a panel more is one entry in a row.

/** Units of Grafana that panels here are told in. */
export type Unit = 'reqps' | 'ops' | 's' | 'bytes' | 'percentunit' | 'short';

export type PanelPlan = {
  title: string;
  /** One or two sentences for the reader: what it is, and what is good. */
  shows: string;
  unit: Unit;
  /** A single number instead of lines over time. */
  isNumber?: boolean;
  /** PromQL by the name of its line; `{{label}}` in a name is filled in by Grafana. */
  lines: Readonly<Record<string, string>>;
};

export type RowPlan = { title: string; panels: readonly PanelPlan[] };

export type DashboardPlan = { uid: string; title: string; description: string; rows: readonly RowPlan[] };
