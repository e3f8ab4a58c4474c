// The scenario of a run as its page shows it.
import type { Manifest } from '../record/manifest.ts';

/** As JSON, without what means nothing to what was rehearsed, such as the number of a stranger's processes. */
export function scenarioText({
  effectiveScenario,
  withoutMeaning = [],
}: Pick<Manifest, 'effectiveScenario' | 'withoutMeaning'>): string {
  return JSON.stringify(without('', effectiveScenario, new Set(withoutMeaning)), null, 2);
}

/** Groups of which nothing is left are left out, too. */
function without(path: string, value: unknown, paths: ReadonlySet<string>): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const kept = Object.entries(value).flatMap(([key, inner]) => {
    const own = path === '' ? key : `${path}.${key}`;
    if (paths.has(own)) return [];
    const rest = without(own, inner, paths);
    const isEmptied = isEmpty(rest) && !isEmpty(inner);
    return isEmptied ? [] : [[key, rest] as const];
  });
  return Object.fromEntries(kept);
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
