// What of a scenario may be set from the command line, read from its schema: every number, text and list of such in a group
// that the scenario has, but for what the schema marks as fixed.
import type { TSchema } from 'typebox';
import { Scenario, Threshold } from './scenario.ts';

/** What is read of a field's schema. */
export type FieldSchema = {
  type?: string;
  enum?: readonly unknown[];
  anyOf?: readonly FieldSchema[];
  const?: unknown;
  items?: FieldSchema;
  properties?: Record<string, FieldSchema>;
  minimum?: number;
  maximum?: number;
  description?: string;
  isFixed?: boolean;
};

/** All paths that `--set` takes for this scenario; a threshold is addressed by its name. */
export function settablePaths(scenario: Scenario): string[] {
  const groups: Record<string, TSchema> = Scenario.properties;
  const paths = Object.entries(groups).flatMap(([group, schema]: [string, FieldSchema]) =>
    schema.isFixed !== true && Reflect.get(scenario, group) !== undefined
      ? Object.entries(schema.properties ?? {}).flatMap(([key, field]) =>
          isSettable(field) ? [`${group}.${key}`] : [],
        )
      : [],
  );
  return [...paths, ...Object.keys(scenario.thresholds).map((name) => `thresholds.${name}`)];
}

/** The schema of a path; of a threshold that of its limit. Undefined where there is no such field. */
export function fieldOf(path: string): FieldSchema | undefined {
  const [group = '', key = '', field = 'atMost'] = path.split('.');
  if (group === 'thresholds') return limitOf(field);
  const groups: Record<string, FieldSchema> = Scenario.properties;
  return groups[group]?.properties?.[key];
}

function limitOf(field: string): FieldSchema | undefined {
  const limits: Record<string, FieldSchema> = Threshold.properties;
  const limit = limits[field];
  return limit === undefined ? undefined : { ...limit, description: 'the limit, in the unit of the metric' };
}

function isSettable(field: FieldSchema): boolean {
  if (field.isFixed === true) return false;
  if (field.type === 'array') return field.items !== undefined && isScalar(field.items);
  return isScalar(field);
}

/** What can be written as one word of a command line. */
function isScalar({ type, enum: values, anyOf, const: value }: FieldSchema): boolean {
  if (values !== undefined) return true;
  if (anyOf !== undefined) return anyOf.every(isScalar);
  return value !== undefined || type === 'string' || type === 'number' || type === 'integer';
}
