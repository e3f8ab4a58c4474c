// Reads the rules that Prometheus is given, for the tests of rules and dashboard.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export type Recorded = { record: string; expr: string };
export type Alert = {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity?: string };
  annotations: { summary?: string };
};
type Rule = Recorded | Alert;

const FOLDER = join(import.meta.dirname, 'rules');

/** The files that `rule_files` of prometheus.yml names. */
export const ruleFiles = (): string[] => readdirSync(FOLDER).map((name) => join(FOLDER, name));

function rulesIn(files: readonly string[]): Rule[] {
  return files.flatMap((file) => {
    const { groups } = parse(readFileSync(file, 'utf8')) as { groups: { rules: Rule[] }[] };
    return groups.flatMap(({ rules }) => rules);
  });
}

export const alertsIn = (files: readonly string[]): Alert[] =>
  rulesIn(files).filter((rule): rule is Alert => 'alert' in rule);

/** The names of the series that are recorded. */
export const recordedIn = (files: readonly string[]): string[] =>
  rulesIn(files).flatMap((rule) => ('record' in rule ? rule.record : []));

/** The expressions of all rules. */
export const expressionsIn = (files: readonly string[]): string[] => rulesIn(files).map(({ expr }) => expr);
