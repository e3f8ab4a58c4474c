// The dashboards against the schema, the provisioned data sources and the plan that one of them is made of; their queries
// against promtool.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { describeWithPrometheus, promtool } from '../local/testing/vitest-prometheus.ts';
import { recordedIn, ruleFiles } from '../prometheus/rules-testing.ts';
import { dashboardProblems } from './dashboard-schema.ts';
import { metricNamesIn } from './metric-names.ts';
import { layOut } from './plan/lay-out.ts';
import { PIPELINE } from './plan/pipeline.ts';
import { atOneMinute, queriesOf } from './queries-testing.ts';

const HERE = import.meta.dirname;
const provisioned = parse(readFileSync(join(HERE, 'provisioning/datasources/prometheus.yml'), 'utf8')) as {
  datasources: { uid: string; type: string }[];
};
const dataSources = Object.fromEntries(provisioned.datasources.map(({ uid, type }) => [uid, type]));
const shown = readdirSync(join(HERE, 'dashboards')).map((name) => join('dashboards', name));
const read = (name: string): unknown => JSON.parse(readFileSync(join(HERE, name), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'stampede-dashboards-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([...shown, 'year.json'])('%s is what Grafana is to be given', (name) => {
  expect(dashboardProblems(read(name), dataSources)).toEqual([]);
});

test('the dashboard is the one that its plan makes: node deploy/grafana/write-dashboard.ts, npm run format', () => {
  expect(read('dashboards/shop.json')).toEqual(JSON.parse(layOut(PIPELINE)));
});

type Change = (panels: Record<string, unknown>[]) => void;
test.each<[string, Change, RegExp]>([
  ['an id twice', ([, a, b]) => Object.assign(a!, { id: b!.id }), /id 3 stands twice/],
  [
    'a title twice',
    ([, a, b]) => Object.assign(a!, { title: b!.title }),
    /"Processes that answer" stands twice/,
  ],
  ['no title', ([, a]) => Object.assign(a!, { title: '' }), /\/panels\/1/],
  ['panels over each other', ([, a, b]) => Object.assign(a!, { gridPos: b!.gridPos }), /lies over/],
  ['a panel beyond the edge', ([, , , a]) => Object.assign(a!.gridPos!, { w: 9 }), /ends at column 25/],
  [
    'a strange data source',
    ([, a]) => Object.assign(a!.datasource!, { uid: 'x' }),
    /needed: one that is prov/,
  ],
  ['no unit', ([, a]) => Object.assign(a!, { fieldConfig: { defaults: {}, overrides: [] } }), /\/panels\/1/],
  ['no query', ([, a]) => Object.assign(a!, { targets: [] }), /\/panels\/1/],
])('a mistake would be found: %s', (_, change, problem) => {
  const dashboard = JSON.parse(layOut(PIPELINE)) as { panels: Record<string, unknown>[] };
  change(dashboard.panels);
  expect(dashboardProblems(dashboard, dataSources).join('\n')).toMatch(problem);
});

test('every series of a rule’s name that the dashboard asks for is recorded', () => {
  const asked = queriesOf(PIPELINE).flatMap(({ expr }) => metricNamesIn(expr));
  expect(recordedIn(ruleFiles())).toEqual(expect.arrayContaining(asked.filter((name) => name.includes(':'))));
});

describeWithPrometheus('the queries', () => {
  test('are all PromQL', async () => {
    const rules = queriesOf(PIPELINE).map(({ expr }, index) => ({
      record: `query:${index}`,
      expr: atOneMinute(expr),
    }));
    const file = join(folder, 'queries.yml');
    // JSON is YAML.
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }));
    const { code, said } = await promtool('check', 'rules', file);
    expect(code, said).toBe(0);
    expect(said).toContain(`${rules.length} rules found`);
  });
});
