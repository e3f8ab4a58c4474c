// The counts of a second as its row keeps them: all that the catalogue has, and nothing that it does not know.
import { COUNTS, type SeriesCount } from '../../reports/metrics/counts.ts';
import { didYouMean } from '../mistakes/nearest.ts';

/**
 * Each count of the catalogue, from 0.
 * @param counted by the generator; what did not happen may be absent
 */
export function recordedCounts(counted: Readonly<Record<string, number>>): Record<string, number> {
  const catalogue: readonly SeriesCount[] = COUNTS;
  const known = catalogue.filter(({ isIntended }) => isIntended !== true).map(({ name }) => name);
  const unknown = Object.keys(counted).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(
      `found the count ${unknown}, which the catalogue of metrics does not have.${didYouMean(unknown, known)} Needed: an entry in reports/metrics/counts.ts`,
    );
  return Object.fromEntries(known.map((name) => [name, counted[name] ?? 0]));
}
