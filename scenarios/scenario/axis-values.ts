// What a scenario has along each axis: the words and notes of its values, and what the shop is told of them.
import type { Need } from '../../reports/metrics/metric.ts';
import { type Axis, type AxisValue, axes } from './axes.ts';
import type { Scenario } from './scenario.ts';

/** The text of a setting by its path, `orders.transport`; undefined where the scenario has none there. */
export function textAt(scenario: Scenario, path: string): string | undefined {
  const [group = '', key = ''] = path.split('.');
  const settings: unknown = Reflect.get(scenario, group);
  if (typeof settings !== 'object' || settings === null) return undefined;
  const value: unknown = Reflect.get(settings, key);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/**
 * The name of the one variant of a scenario without a comparison: each `{path}` in the scenario's own word for it stands for
 * the setting there.
 * @throws Error when the scenario has no such setting
 */
export function variantName(scenario: Scenario): string {
  return scenario.variant.replace(/\{([\w.]+)\}/g, (_, path: string) => {
    const text = textAt(scenario, path);
    if (text !== undefined) return text;
    throw new Error(
      `Scenario ${scenario.name} names its variant ${scenario.variant}; found no setting ${path}, needed one.`,
    );
  });
}

/** What the scenario's values along these axes give that metrics may need. */
export function givenBy(axes: readonly Axis[], scenario: Scenario): Need[] {
  return axes.flatMap(({ path, values }) => valueAt(scenario, path, values)?.gives ?? []);
}

/** The axes along which these scenarios differ. */
export function variedAxes(axes: readonly Axis[], scenarios: readonly Scenario[]): Axis[] {
  return axes.filter(({ path }) => new Set(scenarios.map((scenario) => textAt(scenario, path))).size > 1);
}

/** "through Kafka": how an answer names the scenario's values, one after the other; empty where there is nothing to say. */
export function waysOf(axes: readonly Axis[], scenario: Scenario): string {
  return axes.flatMap(({ path, values }) => valueAt(scenario, path, values)?.words ?? []).join(', ');
}

/** What a reader must know of the values that these scenarios have, each once, in the order of the table. */
export function axisNotes(axes: readonly Axis[], scenarios: readonly Scenario[]): string[] {
  const notes = axes.flatMap(({ path, values }) =>
    Object.entries(values).flatMap(([value, { note }]) =>
      note !== null && scenarios.some((scenario) => textAt(scenario, path) === value) ? [note] : [],
    ),
  );
  return [...new Set(notes)];
}

/** The variables by which our shop is told its values. */
export function axisEnvironment(scenario: Scenario): Record<string, string> {
  return Object.fromEntries(
    axes.flatMap(({ path, variable }) => {
      const text = textAt(scenario, path);
      return text === undefined ? [] : [[variable, text]];
    }),
  );
}

function valueAt(
  scenario: Scenario,
  path: string,
  values: Readonly<Record<string, AxisValue>>,
): AxisValue | undefined {
  return values[textAt(scenario, path) ?? ''];
}
