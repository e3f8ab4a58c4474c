// Which runs the gallery shows: a scenario, a verdict and free words, read from the address and written back to it.
// Pure; used by server and page alike.

/** Empty text means: any. */
export type RunFilter = { scenario: string; verdict: string; words: string };

/** What a run is found by; `text` is in lower case. */
export type Findable = { scenario: string; verdict: string; text: string };

export function filterOfQuery(query: URLSearchParams): RunFilter {
  const read = (name: string) => (query.get(name) ?? '').slice(0, 200);
  return { scenario: read('scenario'), verdict: read('verdict'), words: read('words') };
}

/** `?scenario=peak-hour&verdict=FAIL`, or nothing where every run is shown. */
export function queryOfFilter(filter: RunFilter): string {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value.trim() !== ''));
  return query.size === 0 ? '' : `?${query}`;
}

/** A run has to hold every word, in any order. */
export function matchesFilter(filter: RunFilter, run: Findable): boolean {
  if (filter.scenario !== '' && filter.scenario !== run.scenario) return false;
  if (filter.verdict !== '' && filter.verdict !== run.verdict) return false;
  return filter.words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => run.text.includes(word));
}
