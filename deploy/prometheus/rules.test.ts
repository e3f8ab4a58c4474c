// Configuration, rules and the alerts' unit tests as promtool sees them, and that no alert goes untested.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { describeWithPrometheus, promtool } from '../local/testing/vitest-prometheus.ts';
import { alertsIn, recordedIn, ruleFiles } from './rules-testing.ts';

const TESTS = join(import.meta.dirname, 'rule-tests');
const testFiles = readdirSync(TESTS).map((name) => join(TESTS, name));
const folder = mkdtempSync(join(tmpdir(), 'stampede-rules-'));
afterAll(() => rmSync(folder, { recursive: true }));

type AlertTest = { alertname: string; exp_alerts?: unknown[] };
const alertTests = testFiles.flatMap((file) => {
  const { tests } = parse(readFileSync(file, 'utf8')) as { tests: { alert_rule_test?: AlertTest[] }[] };
  return tests.flatMap(({ alert_rule_test = [] }) => alert_rule_test);
});

test.each(alertsIn(ruleFiles()).map((alert) => [alert.alert, alert] as const))(
  '%s is tested firing and silent, waits, and says thing, need and next step',
  (name, { for: lasting, labels, annotations }) => {
    const tests = alertTests.filter(({ alertname }) => alertname === name);
    expect(tests.some(({ exp_alerts = [] }) => exp_alerts.length > 0)).toBe(true);
    expect(tests.some(({ exp_alerts = [] }) => exp_alerts.length === 0)).toBe(true);
    expect(lasting).toMatch(/^[1-9]\d*[sm]$/);
    expect(['critical', 'warning']).toContain(labels.severity);
    expect(annotations.summary).toMatch(/^.+; needed: .+\. Next: .+[.?\w]$/);
  },
);

test('what is recorded has a name of three parts, given once', () => {
  const names = recordedIn(ruleFiles());
  for (const name of names) expect(name).toMatch(/^shop:\w+:\w+$/);
  expect(new Set(names).size).toBe(names.length);
});

describeWithPrometheus('what promtool says', () => {
  test('of the configuration: it is right, and finds the rules', async () => {
    const { code, said } = await promtool('check', 'config', join(import.meta.dirname, 'prometheus.yml'));
    expect(code, said).toBe(0);
    expect(said).toContain(`${ruleFiles().length} rule files found`);
  });

  test('of the rules: they are right; of one that is wrong: it is not', async () => {
    const { code, said } = await promtool('check', 'rules', ...ruleFiles());
    expect(code, said).toBe(0);
    const wrong = join(folder, 'wrong.yml');
    writeFileSync(wrong, 'groups: [{ name: wrong, rules: [{ record: a, expr: "sum(b" }] }]\n');
    expect((await promtool('check', 'rules', wrong)).code).not.toBe(0);
  });

  test('of the alerts: each fires when it should and only then', async () => {
    const { code, said } = await promtool('test', 'rules', ...testFiles);
    expect(code, said).toBe(0);
  });
});
