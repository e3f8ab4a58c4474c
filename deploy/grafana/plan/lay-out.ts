// Makes Grafana's JSON of a plan: rows one under another, three panels in a line, ids in order of reading.
import type { DashboardPlan, PanelPlan, RowPlan } from './plan.ts';

const GRID_WIDTH = 24;
const PANELS_IN_LINE = 3;
const PANEL_WIDTH = GRID_WIDTH / PANELS_IN_LINE;
const LINES_HEIGHT = 8;
const NUMBERS_HEIGHT = 4;
/** As provisioning/datasources/prometheus.yml calls it. */
const DATASOURCE = { type: 'prometheus', uid: 'prometheus' };

type Placed = { x: number; y: number; w: number; h: number };

function panelOf(plan: PanelPlan, id: number, gridPos: Placed) {
  return {
    id,
    type: plan.isNumber ? 'stat' : 'timeseries',
    title: plan.title,
    description: plan.shows,
    datasource: DATASOURCE,
    gridPos,
    fieldConfig: { defaults: { unit: plan.unit, min: 0 }, overrides: [] },
    options: plan.isNumber
      ? { reduceOptions: { calcs: ['lastNotNull'] }, colorMode: 'none' }
      : { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi' } },
    targets: Object.entries(plan.lines).map(([legendFormat, expr], index) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + index),
      expr,
      legendFormat,
    })),
  };
}

/** The row's heading at `y`, its panels, and where the next row begins. */
function rowOf(row: RowPlan, firstId: number, y: number) {
  const heading = {
    id: firstId,
    type: 'row',
    title: row.title,
    collapsed: false,
    gridPos: { x: 0, y, w: GRID_WIDTH, h: 1 },
    panels: [],
  };
  const height = row.panels.every(({ isNumber }) => isNumber) ? NUMBERS_HEIGHT : LINES_HEIGHT;
  const panels = row.panels.map((plan, index) =>
    panelOf(plan, firstId + 1 + index, {
      x: (index % PANELS_IN_LINE) * PANEL_WIDTH,
      y: y + 1 + Math.floor(index / PANELS_IN_LINE) * height,
      w: PANEL_WIDTH,
      h: height,
    }),
  );
  const nextY = y + 1 + Math.ceil(panels.length / PANELS_IN_LINE) * height;
  return { panels: [heading, ...panels], nextY };
}

/** The dashboard as Grafana is given it, as text. */
export function layOut(plan: DashboardPlan): string {
  const panels: object[] = [];
  let y = 0;
  for (const row of plan.rows) {
    const placed = rowOf(row, panels.length + 1, y);
    panels.push(...placed.panels);
    y = placed.nextY;
  }
  const dashboard = {
    uid: plan.uid,
    title: plan.title,
    description: plan.description,
    tags: ['stampede'],
    timezone: 'browser',
    refresh: '5s',
    schemaVersion: 39,
    version: 2,
    time: { from: 'now-15m', to: 'now' },
    panels,
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}
