// The counts of a second as its row keeps them: all of the catalogue that the scenario can have, and nothing that it does not know.
import { COUNTS, type SeriesCount } from '../../reports/metrics/counts.ts';
import type { Need } from '../../reports/metrics/described.ts';
import { didYouMean } from '../mistakes/nearest.ts';

/**
 * Each count of the catalogue, from 0; those that need what the scenario has not are absent, unless they were counted.
 * @param counted by the generator; what did not happen may be absent
 */
export function recordedCounts(
  counted: Readonly<Record<string, number>>,
  meets: (need: Need) => boolean,
): Record<string, number> {
  const catalogue: readonly SeriesCount[] = COUNTS;
  const ofRows = catalogue.filter(({ isIntended }) => isIntended !== true);
  const known = ofRows.map(({ name }) => name);
  const unknown = Object.keys(counted).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(
      `found the count ${unknown}, which the catalogue of metrics does not have.${didYouMean(unknown, known)} Needed: an entry in reports/metrics/counts.ts`,
    );
  const recorded = ofRows.filter(
    ({ name, needs }) => needs === undefined || meets(needs) || (counted[name] ?? 0) > 0,
  );
  return Object.fromEntries(recorded.map(({ name }) => [name, counted[name] ?? 0]));
}
