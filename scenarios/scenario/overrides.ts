// Overrides of a scenario from the command line: `path.to.key=value`. All mistakes are found at once, with the nearest
// known name, and nothing is started when there is one.
import Value from 'typebox/value';
import { didYouMean } from '../mistakes/nearest.ts';
import { Scenario } from './scenario.ts';
import { type FieldSchema, fieldOf, settablePaths } from './settable.ts';

/** The scenario after its overrides, or every mistake in a sentence each. */
export type Overridden = { kind: 'ok'; scenario: Scenario } | { kind: 'mistakes'; mistakes: string[] };

/**
 * Applies `--set` values to a copy of the scenario. A threshold is addressed by its name: `thresholds.NAME=250` moves
 * whichever limit it has. What the schema marks as fixed (name, title, question …) cannot be set.
 */
export function applyOverrides(scenario: Scenario, assignments: readonly string[]): Overridden {
  const copy = structuredClone(scenario);
  const known = settablePaths(copy);
  const mistakes: string[] = [];
  for (const assignment of assignments) {
    const mistake = applyOne(copy, assignment, known);
    if (mistake !== null) mistakes.push(mistake);
  }
  mistakes.push(...schemaMistakes(copy));
  return mistakes.length > 0 ? { kind: 'mistakes', mistakes } : { kind: 'ok', scenario: copy };
}

/** What these assignments set a path to, read as `applyOverrides` reads it, which checks it; undefined where none sets it. */
export function valueSet(assignments: readonly string[], path: string): unknown {
  const last = assignments.map(splitAssignment).findLast((split) => split?.path === path);
  return last == null ? undefined : parse(fieldOf(path), last.text);
}

function splitAssignment(assignment: string): { path: string; text: string } | null {
  const at = assignment.indexOf('=');
  return at < 1 ? null : { path: assignment.slice(0, at).trim(), text: assignment.slice(at + 1).trim() };
}

function applyOne(scenario: Scenario, assignment: string, known: string[]): string | null {
  const split = splitAssignment(assignment);
  if (split === null) return `--set ${assignment}: a value is missing. Needed: path.to.key=value.`;
  const { path, text } = split;
  if (!known.includes(path)) {
    return `--set ${path}: scenario ${scenario.name} has no such setting.${didYouMean(path, known)}`;
  }
  if (text === '') return `--set ${path}=: the value is empty. Needed: ${needed(path)}.`;
  const [group = '', key = ''] = path.split('.');
  if (group === 'thresholds') return setThreshold(scenario, key, text);
  const target = Reflect.get(scenario, group) as Record<string, unknown>;
  target[key] = parse(fieldOf(path), text);
  return null;
}

function setThreshold(scenario: Scenario, name: string, text: string): string | null {
  const threshold = scenario.thresholds[name];
  const value = Number(text);
  if (threshold === undefined || !Number.isFinite(value)) {
    return `--set thresholds.${name}=${text}: found ${text}. Needed: a number, in the unit of the metric.`;
  }
  if (threshold.atLeast !== undefined) threshold.atLeast = value;
  else threshold.atMost = value;
  return null;
}

/** What the schema has as numbers and lists; what is not a number where one is needed is left for the schema to refuse. */
function parse(field: FieldSchema | undefined, text: string): unknown {
  if (field?.type === 'array') return text.split(',').map((item) => parse(field.items, item.trim()));
  if (field?.type !== 'number' && field?.type !== 'integer') return text;
  const value = Number(text);
  return Number.isFinite(value) ? value : text;
}

function schemaMistakes(scenario: Scenario): string[] {
  if (Value.Check(Scenario, scenario)) return [];
  const paths = new Set([...Value.Errors(Scenario, scenario)].map((error) => error.instancePath));
  const deepest = [...paths].filter((path) => ![...paths].some((other) => other.startsWith(`${path}/`)));
  return deepest.map((pointer) => {
    const path = pointer.slice(1).replaceAll('/', '.');
    return `${path}: found ${JSON.stringify(Value.Pointer.Get(scenario, pointer))}. Needed: ${needed(path)}.`;
  });
}

/** What a setting may be, in words made from the schema. */
function needed(path: string): string {
  const schema = fieldOf(path);
  if (schema === undefined) return 'a value of the scenario’s schema';
  const description = schema.description === undefined ? '' : `: ${schema.description}`;
  if (schema.type === 'integer')
    return `a whole number from ${schema.minimum} to ${schema.maximum}${description}`;
  if (schema.type === 'array') return `a list, separated by commas${description}`;
  if (schema.type === 'number') return `a number from ${schema.minimum} to ${schema.maximum}${description}`;
  return `a text${description}`;
}
