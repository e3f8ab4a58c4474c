// The queries of a dashboard as its tests ask them.
import type { DashboardPlan } from './plan/plan.ts';

export type PanelQuery = { panel: string; line: string; expr: string };

/** Every query of every panel. */
export function queriesOf(plan: DashboardPlan): PanelQuery[] {
  const panels = plan.rows.flatMap((row) => row.panels);
  return panels.flatMap(({ title, lines }) =>
    Object.entries(lines).map(([line, expr]) => ({ panel: title, line, expr })),
  );
}

/** With the window that Grafana puts in for its macro when a short span is shown. */
export const atOneMinute = (expr: string): string => expr.replaceAll('$__rate_interval', '1m');
