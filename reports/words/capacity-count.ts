// How many searches for the highest rate came to one, as the verdict's line says it.

import { countOf } from '../format/format.ts';
import type { CapacityResult } from '../record/result.ts';

/** "a rate was confirmed for 2 of 3 searches, with 24 probes". */
export function capacityCount(results: readonly CapacityResult[]): string {
  const searched = results.filter(({ outcome }) => outcome !== 'skipped');
  const confirmed = searched.filter(({ sustainedPerSecond }) => sustainedPerSecond !== null);
  const probeCount = searched.reduce((sum, { probes }) => sum + probes.length, 0);
  return `a rate was confirmed for ${confirmed.length} of ${countOf(searched.length, 'search', 'searches')}, with ${countOf(probeCount, 'probe')}`;
}
