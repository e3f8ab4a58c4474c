// What this project asks of a dashboard of Grafana: the part of its JSON that is used here, and rules that no schema tells.
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';

const Text = Type.String({ minLength: 1 });
const DataSource = Type.Object({ type: Text, uid: Text }, { additionalProperties: false });
const GridPos = Type.Object(
  {
    x: Type.Integer({ minimum: 0, maximum: 23 }),
    y: Type.Integer({ minimum: 0 }),
    w: Type.Integer({ minimum: 1, maximum: 24 }),
    h: Type.Integer({ minimum: 1 }),
  },
  { additionalProperties: false },
);
const Target = Type.Object({
  refId: Type.String({ pattern: '^[A-Z]$' }),
  expr: Type.Optional(Text),
  rawSql: Type.Optional(Text),
  legendFormat: Type.Optional(Text),
});
const Row = Type.Object({
  id: Type.Integer({ minimum: 1 }),
  type: Type.Literal('row'),
  title: Text,
  gridPos: GridPos,
  panels: Type.Array(Type.Unknown(), { maxItems: 0 }),
});
const Panel = Type.Object({
  id: Type.Integer({ minimum: 1 }),
  type: Type.Union(['timeseries', 'stat', 'table', 'barchart', 'piechart'].map((type) => Type.Literal(type))),
  title: Text,
  datasource: DataSource,
  gridPos: GridPos,
  fieldConfig: Type.Object({
    defaults: Type.Object({ unit: Text }),
    overrides: Type.Array(Type.Unknown()),
  }),
  options: Type.Object({}),
  targets: Type.Array(Target, { minItems: 1 }),
});
const Dashboard = Type.Object({
  uid: Text,
  title: Text,
  schemaVersion: Type.Integer({ minimum: 36 }),
  time: Type.Object({ from: Text, to: Text }),
  templating: Type.Optional(
    Type.Object({ list: Type.Array(Type.Object({ name: Text, type: Text, query: Text })) }),
  ),
  panels: Type.Array(Type.Union([Row, Panel]), { minItems: 1 }),
});
export type Dashboard = Static<typeof Dashboard>;
type Placed = Dashboard['panels'][number];

const compiled = Compile(Dashboard);

/**
 * What is wrong with a dashboard, a line each; none: it is right. `dataSources`: uid by kind, as they are provisioned; a
 * variable of the dashboard that lets the reader choose one will do as well.
 */
export function dashboardProblems(json: unknown, dataSources: Readonly<Record<string, string>>): string[] {
  if (!compiled.Check(json)) {
    return compiled.Errors(json).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
  }
  const panels = json.panels;
  return [
    ...repeated(panels.map(({ id }) => String(id))).map((id) => `id ${id} stands twice, needed: once`),
    ...repeated(panels.map(({ title }) => title)).map((title) => `"${title}" stands twice, needed: once`),
    ...panels.flatMap((panel, index) => placeProblems(panel, panels.slice(index + 1))),
    ...panels.flatMap((panel) => sourceProblems(panel, json, dataSources)),
  ];
}

const repeated = (texts: readonly string[]) => texts.filter((text, index) => texts.indexOf(text) !== index);

function placeProblems({ title, gridPos: { x, y, w, h } }: Placed, later: readonly Placed[]): string[] {
  const wide = x + w > 24 ? [`"${title}" ends at column ${x + w}, needed: at most 24`] : [];
  const over = later.filter(
    ({ gridPos: other }) =>
      x < other.x + other.w && other.x < x + w && y < other.y + other.h && other.y < y + h,
  );
  return [
    ...wide,
    ...over.map((other) => `"${title}" lies over "${other.title}", needed: places of their own`),
  ];
}

function sourceProblems(
  panel: Placed,
  { templating }: Dashboard,
  dataSources: Readonly<Record<string, string>>,
): string[] {
  if (!('datasource' in panel)) return [];
  const { title, datasource, targets } = panel;
  const chosen = (templating?.list ?? []).some(
    ({ name, type, query }) =>
      type === 'datasource' && query === datasource.type && datasource.uid === `\${${name}}`,
  );
  const isThere = chosen || dataSources[datasource.uid] === datasource.type;
  const asked = datasource.type === 'prometheus' ? 'expr' : 'rawSql';
  return [
    ...(isThere
      ? []
      : [`"${title}" asks ${datasource.type} "${datasource.uid}", needed: one that is provisioned`]),
    ...targets
      .filter((target) => target[asked] === undefined)
      .map(({ refId }) => `"${title}" has no ${asked} in ${refId}, needed: its query`),
    ...repeated(targets.map(({ refId }) => refId)).map((id) => `"${title}" has two queries ${id}`),
  ];
}
